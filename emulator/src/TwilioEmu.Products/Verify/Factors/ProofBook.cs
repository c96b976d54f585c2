using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Products.Verify.Factors;

/// <summary>What proves factors: TOTP secrets and public keys, and how often each was tried in vain.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class ProofBook(World world)
{
    public Proof? Find(AccountSid account, string sid) => world.Store.Table(Proof.Table, account).Find(sid);

    public void Put(AccountSid account, Proof proof, long cause) =>
        world.Store.Put(Proof.Table, account, proof, VerifyEntries.ProofChanged, cause);
}

/// <summary>What a factor, or a challenge, is proved by.</summary>
/// <param name="Sid">The factor's or challenge's.</param>
/// <param name="Secret">Of a TOTP factor in Base32, of a push factor its public key (PKIX, DER, Base64); empty for a challenge.</param>
/// <param name="Failures">How often it was tried in vain.</param>
/// <param name="LastStep">The last step of time whose code was used.</param>
internal sealed record Proof(string Sid, string Secret, int Failures, long LastStep) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Proof> Form = new("verify_proof", static (r, m) => new Proof(
        m.Text("sid", r?.Sid), m.Text("secret", r?.Secret), m.Number("failures", r?.Failures), m.Long("last_step", r?.LastStep)));

    public static readonly TableKey<Proof> Table = new("verify_proofs", Form);

    public string Key => Sid;

    public bool IsSettled => false;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        if (Secret.Length > 0) json.WriteString("payload", "(redacted)");
        json.WriteString("status", $"{Failures} tried in vain");
    }
}
