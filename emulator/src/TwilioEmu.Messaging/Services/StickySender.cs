using System.Text.Json;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Messaging.Services;

/// <summary>Which sender of a service a recipient knows.</summary>
/// <remarks>twilio.com/docs/messaging/services#sticky-sender: the mapping is kept while the feature is off, and ends when the sender leaves the pool.</remarks>
internal sealed record StickySender(string Service, string To, string From) : IRecord
{
    public static readonly TableKey<StickySender> Table = new("sticky_senders");

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
