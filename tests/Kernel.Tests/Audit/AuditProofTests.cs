using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class AuditProofTests(AuditFixture audit) : IClassFixture<AuditFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outsider_checks_a_row_with_the_published_key_alone()
    {
        var acme = await audit.LogAsync(9);
        var list = (await acme.GetAsync("/api/v1/audit?operation=notes.*&limit=200"))["items"]!.AsArray();
        var key = await File.ReadAllTextAsync(Directory.GetFiles(audit.Checkpoints, "*.pem").Single(), Cancel);
        foreach (var row in list)
        {
            var proof = Read(await acme.GetAsync($"/api/v1/audit/{row!["id"]}/proof"));
            proof.Require(key).Size.ShouldBe(9);
            Encoding.UTF8.GetString(proof.Entry!).ShouldContain("notes.write");
        }
    }

    [Fact]
    public async Task A_proof_in_which_anything_was_changed_does_not_hold()
    {
        var acme = await audit.LogAsync(6);
        var proof = Read(await acme.GetAsync($"/api/v1/audit/{(await acme.GetAsync("/api/v1/audit?kind=change"))["items"]![2]!["id"]}/proof"));
        byte[] Flip(byte[] bytes) => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)];
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AuditProof[] wrong =
        [
            proof with { Entry = Flip(proof.Entry!) }, proof with { LeafHash = Flip(proof.LeafHash), Entry = null }, proof with { Number = proof.Number + 1 }, proof with { Path = [.. proof.Path.Skip(1)] },
            proof with { Path = [Flip(proof.Path[0]), .. proof.Path.Skip(1)] }, proof with { Organisation = Guid.NewGuid() }, proof with { Checkpoint = proof.Checkpoint.Replace("\n6\n", "\n7\n", StringComparison.Ordinal) },
            proof with { Checkpoint = Checkpoint.Open(proof.Checkpoint, audit.Keys.SignKeys)!.Sign(foreign) },
        ];
        foreach (var one in wrong) Should.Throw<Refusal>(() => one.Require(proof.PublicKey)).Code.ShouldBe("audit.proof_wrong");
        Should.Throw<Refusal>(() => proof.Require("no key")).Code.ShouldBe("audit.proof_wrong");
        proof.Require(proof.PublicKey).Tenant.ShouldBe(acme.Tenant);
    }

    [Fact]
    public async Task A_kept_checkpoint_proves_that_nothing_before_it_was_changed()
    {
        var acme = await audit.LogAsync(5);
        var early = await acme.GetAsync("/api/v1/audit/checkpoint");
        var kept = Checkpoint.Open(early["note"]!.ToString(), audit.Keys.SignKeys)!;
        for (var number = 0; number < 4; number++) await acme.WriteAsync($"more {number}");
        await audit.SealAsync();
        var later = Checkpoint.Open((await acme.GetAsync("/api/v1/audit/checkpoint"))["note"]!.ToString(), audit.Keys.SignKeys)!;
        var between = JsonSerializer.Deserialize(await acme.GetAsync($"/api/v1/audit/consistency?from={kept.Size}&to={later.Size}"), KernelJson.Default.AuditConsistency)!;
        MerkleTree.IsConsistent(kept.Size, later.Size, kept.Root, later.Root, between.Path).ShouldBeTrue();
        (between.FromRoot.AsSpan().SequenceEqual(kept.Root), between.ToRoot.AsSpan().SequenceEqual(later.Root)).ShouldBe((true, true));
        MerkleTree.IsConsistent(kept.Size, later.Size, later.Root, later.Root, between.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task A_checkpoint_is_a_signed_note_as_other_logs_write_them()
    {
        var acme = await audit.LogAsync(2);
        var note = (await acme.GetAsync("/api/v1/audit/checkpoint"))["note"]!.ToString();
        var lines = note.Split('\n');
        lines[0].ShouldBe($"rialto.audit/{acme.Tenant}");
        lines[1].ShouldBe("2");
        Convert.FromBase64String(lines[2]).Length.ShouldBe(32);
        lines[4].ShouldBe("");
        lines[5].ShouldStartWith("— rialto.audit ");
        var signature = Convert.FromBase64String(lines[5]["— rialto.audit ".Length..]);
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Directory.GetFiles(audit.Checkpoints, "*.pem").First(), Cancel));
        signature[..4].ShouldBe(SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..4]);
        key.VerifyData(Encoding.UTF8.GetBytes(string.Join('\n', lines[..4]) + "\n"), signature[4..], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_not_signed_yet_or_not_there_is_refused_in_words()
    {
        var acme = audit.New();
        await acme.WriteAsync("fresh");
        var id = (await acme.GetAsync("/api/v1/audit?kind=change"))["items"]![0]!["id"]!.ToString();
        (await acme.GetAsync($"/api/v1/audit/{id}/proof"))["code"]!.ToString().ShouldBe("audit.not_signed_yet");
        (await acme.GetAsync($"/api/v1/audit/{Guid.NewGuid()}/proof"))["code"]!.ToString().ShouldBe("audit.not_found");
        (await acme.GetAsync("/api/v1/audit/consistency?from=5&to=9"))["code"]!.ToString().ShouldBe("audit.size_unknown");
        (await audit.New().GetAsync($"/api/v1/audit/{id}"))["code"]!.ToString().ShouldBe("audit.not_found");
        var none = await audit.New().GetAsync("/api/v1/audit/checkpoint");
        ((long)none["size"]!, none["note"]).ShouldBe((0, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("rialto.audit/none\n1\nAAAA\n\n— x y\n")]
    [InlineData("nothing like it\n\n")]
    public void What_is_no_checkpoint_is_none(string note) => Checkpoint.Open(note, audit.Keys.SignKeys).ShouldBeNull();

    private static AuditProof Read(JsonNode json) => JsonSerializer.Deserialize(json, KernelJson.Default.AuditProof)!;
}
