// Sends a form's file to S3 with busboy and @aws-sdk/lib-storage, as their manuals show: the file is
// sent while it is being received. Keys, region and endpoint are in the environment.
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import busboy from 'busboy';
import { createServer } from 'node:http';

const client = new S3Client({ forcePathStyle: true });

const server = createServer((request, response) => {
  const form = busboy({ headers: request.headers });
  form.on('file', async (field, file, { filename }) => {
    try {
      await new Upload({ client, params: { Bucket: 'bench', Key: filename, Body: file } }).done();
      response.writeHead(201).end('201');
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  });
  request.pipe(form);
});
server.listen(process.env.PORT, '127.0.0.1');
