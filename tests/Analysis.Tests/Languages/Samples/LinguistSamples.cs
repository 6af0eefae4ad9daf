using System.Diagnostics;
using System.Text;

namespace Rialto.Analysis.Tests;

/// <summary>The sample files of github-linguist/linguist, read from a clone by their object names.</summary>
internal static class LinguistSamples
{
    public sealed record Sample(string Language, string Path, byte[] Content);

    /// <summary>All samples of the reference list, in its order.</summary>
    public static List<Sample> Read()
    {
        var list = ReferenceData.PathOf("linguist-samples.tsv");
        var clone = ReferenceData.Repository("RIALTO_LINGUIST", "github-linguist/linguist");
        var rows = File.ReadLines(list).Select(line => line.Split('\t')).ToList();
        var blobs = Blobs(clone, rows.Select(row => row[3]).ToList());
        return [.. rows.Zip(blobs, (row, blob) => new Sample(RealName(row[0]), Unquote(row[4]), blob))];
    }

    /// <summary>Folder names of samples that differ from the language's name.</summary>
    private static string RealName(string folder) => folder switch { "Fstar" => "F*", "ProC" => "Pro*C", _ => folder };

    private static List<byte[]> Blobs(string clone, List<string> ids)
    {
        var start = new ProcessStartInfo("git", ["-C", clone, "cat-file", "--batch"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var writing = Task.Run(async () =>
        {
            foreach (var id in ids) await git.StandardInput.WriteLineAsync(id);
            git.StandardInput.Close();
        });
        var blobs = new List<byte[]>(ids.Count);
        var output = new BufferedStream(git.StandardOutput.BaseStream, 1 << 16);
        foreach (var _ in ids)
        {
            var header = new StringBuilder();
            for (int b; (b = output.ReadByte()) is not ('\n' or -1);) header.Append((char)b);
            var blob = new byte[int.Parse(header.ToString().Split(' ')[2])];
            output.ReadExactly(blob);
            output.ReadByte();
            blobs.Add(blob);
        }
        writing.Wait();
        return blobs;
    }

    /// <summary>Git's quoting of unusual paths: <c>"a\303\244"</c>.</summary>
    private static string Unquote(string path)
    {
        if (!path.StartsWith('"')) return path;
        var bytes = new List<byte>();
        for (var i = 1; i < path.Length - 1; i++)
        {
            if (path[i] != '\\') bytes.AddRange(Encoding.UTF8.GetBytes(path[i].ToString()));
            else if (char.IsAsciiDigit(path[i + 1])) { bytes.Add(Convert.ToByte(path.Substring(i + 1, 3), 8)); i += 3; }
            else bytes.Add((byte)path[++i]);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
