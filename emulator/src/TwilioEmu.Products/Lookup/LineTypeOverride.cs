using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Lookup;

/// <summary>An account's own word on what a number serves; Line Type Intelligence then answers with it.</summary>
/// <remarks>twilio.com/docs/lookup/v2-api/line-type-intelligence-override.</remarks>
internal sealed record LineTypeOverride(
    AccountSid Account, string Number, string Original, string LineType, string Reason, DateTimeOffset At) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<LineTypeOverride> Form = new("line_type_override", static (r, m) => new LineTypeOverride(
        m.Account("account_sid", r?.Account), m.Text("phone_number", r?.Number), m.Text("original_line_type", r?.Original),
        m.Text("overridden_line_type", r?.LineType), m.Text("reason", r?.Reason), m.Instant("at", r?.At)));

    public static readonly TableKey<LineTypeOverride> Table = new("line_type_overrides", Form);

    public string Key => Number;

    public bool IsSettled => false;

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "phone_number": to.Write(Number); break;
            case "original_line_type": to.Write(Original); break;
            case "overridden_line_type": to.Write(LineType); break;
            case "override_reason": to.Write(Reason); break;
            case "override_timestamp": to.Write(At); break;
            case "overridden_by_account_sid": to.Write(Account.Value); break;
        }
    }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("phone_number", Number);
        json.WriteString("original_line_type", Original);
        json.WriteString("overridden_line_type", LineType);
        json.WriteString("override_reason", Reason);
    }
}
