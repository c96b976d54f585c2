using System.Text.Json;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Monitor;

/// <summary>A wish to be told when alerts grow many.</summary>
/// <remarks>twilio.com/docs/usage/monitor-alert (alarms). What was sent is kept as it was; the rest has defaults (inferred).</remarks>
/// <param name="Sid">AK and 32 hex digits.</param>
/// <param name="Body">The object that was sent.</param>
internal sealed record Alarm(string Sid, JsonElement Body, DateTimeOffset Created, DateTimeOffset Updated) : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Alarm> Form = new("alarm", static (r, m) => new Alarm(
        m.Text("sid", r?.Sid), JsonElement.Parse(m.Text("body", r?.Body.GetRawText())), m.Instant("date_created", r?.Created),
        m.Instant("date_updated", r?.Updated))
    {
        Switched = m.FlagOrNull("switched", r?.Switched),
    });

    public static readonly TableKey<Alarm> Table = new("alarms", Form);

    /// <summary>Set apart from the rest by <c>/status</c>; null while it is as it was sent.</summary>
    public bool? Switched { get; init; }

    public string Key => Sid;

    public bool IsSettled => false;

    public string? Name => Find("friendlyName") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    private bool IsEnabled => Switched ?? Find("enabled") is not { ValueKind: JsonValueKind.False };

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid" or "alertConfigSid": to.Write(Sid); break;
            case "enabled": to.Write(IsEnabled); break;
            case "dateCreated": to.Write(Created); break;
            case "dateUpdated": to.Write(Updated); break;
            case "product": to.Write("monitor"); break;
            default:
                if (Find(property) is { ValueKind: not JsonValueKind.Null } value) value.WriteTo(to.Json);
                else WriteBlank(property, to);
                break;
        }
    }

    /// <summary>The document lets nothing be null.</summary>
    private static void WriteBlank(string property, FaceWriter to)
    {
        switch (property)
        {
            case "email":
                to.Json.WriteStartArray();
                to.Json.WriteEndArray();
                break;
            case "consoleIndicator": to.Write(false); break;
            case "query" or "webhook": to.Write(""); break;
        }
    }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("friendlyName", Name);
        json.WriteBoolean("enabled", IsEnabled);
        foreach (var name in (string[])["queryType", "query", "triggerValue", "timeWindow", "webhook"])
        {
            if (Find(name) is not { } value) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    private JsonElement? Find(string name) => Body.TryGetProperty(name, out var value) ? value : null;
}
