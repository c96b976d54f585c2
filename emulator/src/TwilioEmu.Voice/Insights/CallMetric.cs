using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.Insights;

/// <summary>Ten seconds of one direction of a live phone's sound, as a metric of Voice Insights.</summary>
/// <remarks>
/// twilio.com/docs/voice/voice-insights/api/call/call-metrics-resource: samples are taken every ten seconds and are of the ten before.
/// </remarks>
internal sealed class CallMetric(Entry entry, LegSound sound, CallSummary of, bool isInbound) : IFace
{
    public string Direction => isInbound ? "inbound" : "outbound";

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "timestamp": to.Write(TwilioDates.ToIso8601(entry.At)); break;
            case "call_sid": to.Write(of.Call.Sid); break;
            case "account_sid": to.Write(of.Call.Account.Value); break;
            case "edge": to.Write(CallStage.EdgeOf(of)); break;
            case "direction": to.Write(Direction); break;
            case "carrier_edge" or "sip_edge" or "client_edge" when property == CallStage.EdgeOf(of):
                to.Json.WriteStartObject();
                to.Json.WritePropertyName("interval");
                EdgeMetrics.Write(to.Json, sound, isInbound);
                to.Json.WriteStartObject("metadata");
                to.Json.WriteString("region", "us1");
                to.Json.WriteString("external_ip", sound.Remote[..Math.Max(0, sound.Remote.LastIndexOf(':'))]);
                to.Json.WriteEndObject();
                to.Json.WriteEndObject();
                break;
            default: to.Json.WriteNullValue(); break;
        }
    }
}
