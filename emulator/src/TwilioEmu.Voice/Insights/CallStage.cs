using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Insights;

/// <summary>A call's progress as an event of Voice Insights: one for each status it had.</summary>
/// <remarks>
/// twilio.com/docs/voice/voice-insights/api/call/call-events-resource: call progress
/// events; group and level as the page of the gateway's event stream has them.
/// </remarks>
internal sealed class CallStage(Entry entry, CallSummary of) : IFace
{
    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "timestamp": to.Write(TwilioDates.ToIso8601(entry.At)); break;
            case "call_sid": to.Write(of.Call.Sid); break;
            case "account_sid": to.Write(of.Call.Account.Value); break;
            case "edge": to.Write(EdgeOf(of)); break;
            case "group": to.Write("call"); break;
            case "level": to.Write(entry.Kind == CallEntries.Failed.Name ? "ERROR" : "INFO"); break;
            case "name": to.Write(entry.Kind["call.".Length..]); break;
            case "carrier_edge" or "sip_edge" or "client_edge" when property == EdgeOf(of):
                to.Json.WriteStartObject();
                to.Json.WriteStartObject("metadata");
                to.Json.WriteString("region", "us1");
                to.Json.WriteEndObject();
                to.Json.WriteEndObject();
                break;
            default: to.Json.WriteNullValue(); break;
        }
    }

    /// <summary>The edge that reports of a call.</summary>
    public static string EdgeOf(CallSummary call) => call.Type switch
    {
        "sip" or "trunking" => "sip_edge",
        "client" => "client_edge",
        _ => "carrier_edge",
    };
}
