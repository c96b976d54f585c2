using TwilioEmu.Carrier.Switching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads what goes with a phone's call: the same words in stories and in <c>POST /_emu/v1/handsets/{number}/calls</c>.</summary>
public static class DialledFields
{
    /// <summary>Why a phone cannot dial that; null where it can. Apps' own phones reach TwiML Apps and nothing else.</summary>
    public static string? Fault(string phone, string to) =>
        (PartyAddress.Read(phone).Kind == AddressKind.Client, PartyAddress.Read(to).Kind == AddressKind.App) switch
        {
            _ when ChannelAddress.ChannelOf(phone) is not null => $"{phone} is a person on Messenger, who writes and does not dial",
            (true, false) =>
                $"{phone} is an app's own phone: it connects to a TwiML App, \"app:AP...\", with parameters such as {{ To: \"{to}\" }}",
            (false, true) => $"{phone} is no app's own phone: only such a phone, \"client:alice\", connects to a TwiML App",
            _ => null,
        };

    /// <summary>
    /// What the carriers on the way say of a call: <c>forwarded_from</c>, <c>stir_verstat</c>; of a call to a number alone.
    /// </summary>
    public static CarrierMarks ReadMarks(Fields fields, string to)
    {
        var marks = new CarrierMarks(fields.Text("forwarded_from", Words.PhoneNumber), fields.Text("stir_verstat", CarrierMarks.Fault));
        if (PartyAddress.Read(to).Kind != AddressKind.App || marks == CarrierMarks.None) return marks;
        var key = marks.ForwardedFrom is null ? "stir_verstat" : "forwarded_from";
        fields.Fault(key, $"{fields.PathOf(key)} is what carriers say: no carrier is on the way to a TwiML App");
        return CarrierMarks.None;
    }

    /// <summary>
    /// What an app's own phone gives the TwiML App (<c>device.connect({ params })</c>), in order; null for a call to a number.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? ReadParameters(Fields fields, string to)
    {
        var mapping = fields.Mapping("parameters");
        if (PartyAddress.Read(to).Kind != AddressKind.App)
        {
            if (mapping is not null)
            {
                fields.Fault("parameters", $"{fields.PathOf("parameters")} go with a call to a TwiML App, \"app:AP...\"");
            }
            return null;
        }
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var member in mapping?.Source.Members ?? []) parameters.Add(new(member.Key, mapping!.Text(member.Key) ?? ""));
        return parameters;
    }
}
