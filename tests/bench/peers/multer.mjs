// Sends a form's file to S3 with Express, multer and multer-s3, as their manuals show. Keys, region
// and endpoint are in the environment.
import { S3Client } from '@aws-sdk/client-s3';
import express from 'express';
import multer from 'multer';
import multerS3 from 'multer-s3';

const storage = multerS3({
  s3: new S3Client({ forcePathStyle: true }),
  bucket: 'bench',
  key: (request, file, done) => done(null, file.originalname),
});

const application = express();
application.post('/upload', multer({ storage }).single('file_data'), (request, response) => {
  response.status(201).send('201');
});
application.listen(process.env.PORT, '127.0.0.1');
