using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Rialto.Analysis;

/// <summary>The licences of the SPDX list with their texts as words. Loaded on first use, which is when a repository has a licence file.</summary>
internal sealed class LicenceLibrary
{
    private const uint Magic = 0x314C4C52; // "RLL1"
    private static readonly Lazy<LicenceLibrary> Embedded = new(() =>
    {
        using var stream = new BrotliStream(EmbeddedData.Open("licences.bin.br"), CompressionMode.Decompress);
        return Read(stream);
    });

    private readonly Dictionary<string, KnownLicence> byId;
    private readonly Dictionary<uint, ushort> positions;

    /// <param name="vocabulary">Hashes of all words.</param>
    /// <param name="licences">All licences.</param>
    public LicenceLibrary(uint[] vocabulary, IReadOnlyList<KnownLicence> licences)
    {
        Vocabulary = vocabulary;
        Licences = licences;
        byId = licences.ToDictionary(l => l.Id, StringComparer.OrdinalIgnoreCase);
        positions = new Dictionary<uint, ushort>(vocabulary.Length);
        for (var i = 0; i < vocabulary.Length; i++) positions.Add(vocabulary[i], (ushort)i);
    }

    public static LicenceLibrary Default => Embedded.Value;

    public uint[] Vocabulary { get; }
    public IReadOnlyList<KnownLicence> Licences { get; }

    /// <summary>The licence of that SPDX identifier in any case, or null.</summary>
    public KnownLicence? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Positions of words in the vocabulary; <see cref="ushort.MaxValue"/> for a word no licence uses.</summary>
    public ushort[] Positions(List<uint> words) => [.. words.Select(word => positions.GetValueOrDefault(word, ushort.MaxValue))];

    public static LicenceLibrary Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        if (reader.ReadUInt32() != Magic) throw new InvalidDataException("This is not a licence library.");
        var vocabulary = new uint[reader.ReadInt32()];
        Fill(reader, MemoryMarshal.AsBytes(vocabulary.AsSpan()));
        var licences = new KnownLicence[reader.ReadInt32()];
        for (var i = 0; i < licences.Length; i++)
            licences[i] = new KnownLicence(reader.ReadString(), reader.ReadString(), reader.ReadBoolean(), new ushort[reader.ReadInt32()]);
        foreach (var licence in licences) Fill(reader, MemoryMarshal.AsBytes(licence.Words.AsSpan()));
        return new LicenceLibrary(vocabulary, licences);
    }

    private static void Fill(BinaryReader reader, Span<byte> target) => reader.BaseStream.ReadExactly(target);

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Vocabulary.Length);
        writer.Write(MemoryMarshal.AsBytes(Vocabulary.AsSpan()));
        writer.Write(Licences.Count);
        foreach (var licence in Licences)
        {
            writer.Write(licence.Id);
            writer.Write(licence.Name);
            writer.Write(licence.IsOsiApproved);
            writer.Write(licence.Words.Length);
        }
        foreach (var licence in Licences) writer.Write(MemoryMarshal.AsBytes(licence.Words.AsSpan()));
    }
}
