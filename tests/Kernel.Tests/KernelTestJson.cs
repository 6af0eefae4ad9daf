using System.Text.Json.Serialization;

namespace Rialto.Kernel.Tests;

internal sealed record Number(int Value);

[JsonSerializable(typeof(Number))]
internal sealed partial class KernelTestJson : JsonSerializerContext;
