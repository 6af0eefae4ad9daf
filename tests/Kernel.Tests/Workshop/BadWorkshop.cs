using Rialto.Kernel;

namespace Rialto.Kernel.Tests.Workshop;

/// <summary>A workshop folder of its own, with the real framing and methods that misbehave in every way a process can.</summary>
internal sealed class BadWorkshop : IDisposable
{
    private const string Main = """
        import { readFileSync } from 'node:fs';
        import { fence } from './lib/fence.mjs';
        import { readFrames, takeOutput } from './lib/frames.mjs';
        const raw = process.stdout.write.bind(process.stdout);
        const send = takeOutput();
        process.stdin.on('end', () => process.exit(0));
        fence();
        const life = process.pid;
        readFrames(process.stdin, async (header, bytes) => {
          send({ started: header.id });
          const text = header.body;
          const done = value => send({ id: header.id, body: String(value) }, bytes);
          try {
            switch (header.method) {
              case 'echo': return done(text);
              case 'life': return done(life);
              case 'later': return setTimeout(() => done(life), Number(text));
              case 'hang': for (;;);
              case 'die': return process.kill(process.pid, 'SIGKILL');
              case 'noise': console.log('a library prints'); return done('quiet');
              case 'garbage': return raw('this is not a frame, and long enough to be read as one');
              case 'liar': { const head = Buffer.alloc(12); head.write('RWS1'); head.writeUInt32LE(4000000000, 4); return raw(head); }
              case 'hog': { const held = []; for (;;) { held.push(Buffer.alloc(16e6, 1)); await new Promise(r => setTimeout(r, 5)); } }
              case 'heap': { const held = []; for (;;) held.push(new Array(1e5).fill({})); }
              case 'network': return done(await import('node:http').then(h => new Promise((_, no) => h.get('http://127.0.0.1:9/').on('error', no))));
              case 'program': return done((await import('node:child_process')).execFileSync('true'));
              case 'write': return done((await import('node:fs')).writeFileSync(text, 'x'));
              case 'read': return done(readFileSync(text, 'utf8'));
              case 'environment': return done(process.env[text] ?? 'unset');
            }
          } catch (error) { send({ id: header.id, error: { code: 'workshop.failed', message: String(error.code ?? error.message) } }); }
        });
        """;

    public BadWorkshop()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "lib"));
        Directory.CreateDirectory(Path.Combine(Folder, "node_modules"));
        File.WriteAllText(Path.Combine(Folder, "node_modules", ".package-lock.json"), "{}");
        File.WriteAllText(Path.Combine(Folder, "main.mjs"), Main);
        File.WriteAllText(Path.Combine(Folder, "package.json"), """{"type":"module"}""");
        var real = WorkshopFolder.Find(new());
        Assert.SkipWhen(real is null || WorkshopFolder.FindNode(new()) is null, "Node or the workshop folder is missing.");
        foreach (var file in (string[])["frames.mjs", "fence.mjs"]) File.Copy(Path.Combine(real!, "lib", file), Path.Combine(Folder, "lib", file));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("rialto-workshop-").FullName;

    public NodeWorkshop Open(WorkshopOptions? options = null) => new((options ?? new()) with { Folder = Folder });

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
