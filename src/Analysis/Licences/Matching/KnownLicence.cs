namespace Rialto.Analysis;

/// <summary>A licence of the SPDX list.</summary>
/// <param name="Id">SPDX identifier.</param>
/// <param name="Name">Human name.</param>
/// <param name="IsOsiApproved">Approved by the Open Source Initiative.</param>
/// <param name="Words">Positions of its words in the library's vocabulary; empty for one whose text is that of another entry.</param>
internal sealed record KnownLicence(string Id, string Name, bool IsOsiApproved, ushort[] Words);
