using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Faces;

/// <summary>Names of XML elements, from those of JSON.</summary>
/// <remarks>
/// twilio.com/docs/usage/twilios-response: <c>account_sid</c> is <c>AccountSid</c>,
/// a list of <c>calls</c> is <c>Calls</c> and holds <c>Call</c>.
/// </remarks>
internal static class XmlNames
{
    // Shapes whose name in the document is longer than the resource's own (inferred from the lists they stand in).
    private static readonly Dictionary<string, string> Shapes = new(StringComparer.Ordinal)
    {
        ["available_phone_number_country"] = "Country",
        ["call_notification"] = "Notification",
        ["call_notification-instance"] = "Notification",
        ["call_recording"] = "Recording",
        ["conference_recording"] = "Recording",
        ["incoming_phone_number_assigned_add_on"] = "AssignedAddOn",
        ["incoming_phone_number_assigned_add_on_extension"] = "Extension",
        ["incoming_phone_number_local"] = "IncomingPhoneNumber",
        ["incoming_phone_number_mobile"] = "IncomingPhoneNumber",
        ["incoming_phone_number_toll_free"] = "IncomingPhoneNumber",
        ["member"] = "QueueMember",
        ["new_key"] = "Key",
        ["new_signing_key"] = "SigningKey",
        ["notification-instance"] = "Notification",
        ["recording_add_on_result"] = "AddOnResult",
        ["recording_add_on_result_payload"] = "Payload",
        ["recording_add_on_result_payload_data"] = "Data",
        ["recording_transcription"] = "Transcription",
    };

    /// <summary>The element of one resource.</summary>
    public static string OfShape(Shape shape)
    {
        const string family = "sip_";
        var name = shape.ShortName;
        if (Shapes.TryGetValue(name, out var known)) return known;
        return OfProperty(name.StartsWith(family, StringComparison.Ordinal) ? name[family.Length..] : name);
    }

    /// <summary>
    /// The element of a property: each word with a capital. <c>sms</c> and <c>mms</c> are all capitals, as capabilities spell them.
    /// </summary>
    public static string OfProperty(string name)
    {
        if (name is "sms" or "mms") return name.ToUpperInvariant();
        return string.Create(name.Length - name.Count(c => c is '_' or '-'), name, static (span, from) =>
        {
            var (at, isFirst) = (0, true);
            foreach (var c in from)
            {
                if (c is '_' or '-') isFirst = true;
                else (span[at++], isFirst) = (isFirst ? char.ToUpperInvariant(c) : c, false);
            }
        });
    }

    /// <summary>
    /// The element of one item of a list: <c>Addresses</c> holds <c>Address</c>, <c>Countries</c> holds <c>Country</c>,
    /// <c>MediaList</c> holds <c>Media</c>.
    /// </summary>
    public static string OfItem(string list) =>
        list.EndsWith("List", StringComparison.Ordinal) ? list[..^4]
        : list.EndsWith("ies", StringComparison.Ordinal) ? list[..^3] + "y"
        : list.EndsWith("sses", StringComparison.Ordinal) ? list[..^2]
        : list.EndsWith('s') ? list[..^1]
        : list + "Item";
}
