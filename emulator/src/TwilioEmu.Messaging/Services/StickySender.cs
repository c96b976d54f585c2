using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Services;

/// <summary>Which sender of a service a recipient knows.</summary>
/// <remarks>
/// twilio.com/docs/messaging/services#sticky-sender: the mapping is kept while the
/// feature is off, and ends when the sender leaves the pool.
/// </remarks>
internal sealed record StickySender(string Service, string To, string From) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<StickySender> Form = new("sticky_sender", static (r, m) => new StickySender(
        m.Text("messaging_service_sid", r?.Service), m.Text("to", r?.To), m.Text("from", r?.From)));

    public static readonly TableKey<StickySender> Table = new("sticky_senders", Form);

    public string Key => KeyOf(Service, To);

    public bool IsSettled => true;

    public static string KeyOf(string service, string to) => $"{service} {to}";

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("service_sid", Service);
        json.WriteString("to", To);
        json.WriteString("from", From);
    }
}
