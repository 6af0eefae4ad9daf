using System.Reflection;
using System.Security.Cryptography;

namespace Rialto.Kernel;

/// <summary>The schema of one module: the files <c>Schema/NNNN_name.sql</c> embedded in its assembly, run in order of their numbers.</summary>
/// <param name="Module">Name of the PostgreSQL schema: <c>ledger</c>.</param>
/// <param name="Migrations">In order.</param>
public sealed record SchemaSource(string Module, IReadOnlyList<Migration> Migrations)
{
    private const string Prefix = "Schema/";

    /// <summary>The Kernel's own schema; always the first.</summary>
    public static SchemaSource Kernel { get; } = FromAssembly("kernel", typeof(SchemaSource).Assembly);

    /// <summary>Collects the files of <paramref name="assembly"/>.</summary>
    /// <exception cref="InvalidOperationException">A file is not named <c>NNNN_name.sql</c>, or numbers are missing or double.</exception>
    public static SchemaSource FromAssembly(string module, Assembly assembly)
    {
        var migrations = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Migration.Parse(name[Prefix.Length..], Read(assembly, name)))
            .ToArray();
        for (var index = 0; index < migrations.Length; index++)
            if (migrations[index].Number != index + 1)
                throw new InvalidOperationException($"{module}: {migrations[index].Name} should carry the number {index + 1:0000}.");
        return new SchemaSource(module, migrations);
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>One step of a schema. Once applied anywhere it never changes; a correction is a new step.</summary>
/// <param name="Number">1 for <c>0001_…</c>.</param>
/// <param name="Name">File name without <c>.sql</c>.</param>
/// <param name="Sql">What it runs, in one transaction.</param>
public sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the text with line ends made equal, in lower-case hexadecimal.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    internal static Migration Parse(string file, string sql) =>
        file.Length > 9 && file[4] == '_' && int.TryParse(file[..4], out var number)
            ? new Migration(number, file[..^4], sql)
            : throw new InvalidOperationException($"{file} should be named NNNN_name.sql.");
}
