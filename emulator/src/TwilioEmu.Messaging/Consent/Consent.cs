using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Consent;

/// <summary>What a recipient has said of being texted by a sender, or by all senders of a service.</summary>
/// <param name="Scope">The sender's address, or the SID of the Messaging Service it
/// is in; of a carrier's own block <c>network</c> and the toll-free number.</param>
/// <param name="Phone">Who said it, E.164.</param>
/// <param name="IsOptedOut">True after STOP, false after START.</param>
/// <param name="Source">How it was said: <c>keyword</c>, or a word of the consent API
/// (twilio.com/docs/messaging/features/consent-api).</param>
/// <param name="At">When.</param>
public sealed record Consent(string Scope, string Phone, bool IsOptedOut, string Source, DateTimeOffset At) : IRecord
{
    /// <summary>All consents of an account.</summary>
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Consent> Form = new("consent", static (r, m) => new Consent(
        m.Text("scope", r?.Scope), m.Text("phone", r?.Phone), m.Flag("opted_out", r?.IsOptedOut), m.Text("source", r?.Source),
        m.Instant("at", r?.At)));

    public static readonly TableKey<Consent> Table = new("consents", Form);

    /// <inheritdoc/>
    public string Key => KeyOf(Scope, Phone);

    /// <summary>False: a STOP is never forgotten.</summary>
    public bool IsSettled => false;

    internal static string KeyOf(string scope, string phone) => $"{scope} {phone}";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("scope", Scope);
        json.WriteString("phone", Phone);
        json.WriteString("status", IsOptedOut ? "opt-out" : "opt-in");
        json.WriteString("source", Source);
        json.WriteString("date_of_consent", At.UtcDateTime);
    }
}
