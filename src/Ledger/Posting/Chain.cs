using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>Transfers of one caller that are made all or none, and what became of them.</summary>
internal sealed class Chain
{
    public Chain(IReadOnlyList<NewTransfer> transfers, string actor)
    {
        TransferForm.Require(transfers);
        (Transfers, Actor, Hashes) = (transfers, actor, [.. transfers.Select(TransferForm.Hash)]);
    }

    public IReadOnlyList<NewTransfer> Transfers { get; }

    public IReadOnlyList<byte[]> Hashes { get; }

    public string Actor { get; }

    /// <summary>The transfers, made now or before.</summary>
    public IReadOnlyList<Transfer>? Answer { get; private set; }

    /// <summary>Why not.</summary>
    public Refusal? Refused { get; private set; }

    public void End(IReadOnlyList<Transfer> answer) => (Answer, Refused) = (answer, null);

    public void End(Refusal refusal) => (Answer, Refused) = (null, refusal);
}

/// <summary>A key that was used before for a transfer.</summary>
internal sealed record UsedKey(byte[] Hash, Transfer Transfer);

/// <summary>A key that was refused for good.</summary>
internal sealed record RefusedKey(string Key, byte[] Hash, Refusal Refusal);
