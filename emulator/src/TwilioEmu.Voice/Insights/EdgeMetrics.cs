using System.Text.Json;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Rtp;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Insights;

/// <summary>Writes what was measured of a live phone's sound as Insights has it, one direction of it; inbound is what came here.</summary>
/// <remarks>
/// twilio.com/docs/voice/voice-insights/api/call/details-call-summary (edges: metrics) and call-metrics-resource. Numbers of codecs:
/// RFC 3551 §6. Of what went out only what the phone reports is known; what nobody measures here (latency, histograms) is left out.
/// </remarks>
internal static class EdgeMetrics
{
    /// <summary>From mouth to ear, one way, where the wire takes no time: jitter buffer, lag of the renderer, packet.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private const int Pcma = 8;

    public static void Write(Utf8JsonWriter json, LegSound sound, bool isInbound)
    {
        json.WriteStartObject();
        json.WriteNumber("codec", sound.Codec == "PCMA" ? Pcma : 0);
        json.WriteString("codec_name", sound.Codec.ToLowerInvariant());
        if (isInbound)
        {
            json.WriteNumber("packets_received", sound.Received);
            json.WriteNumber("packets_lost", sound.Lost);
            json.WriteNumber("packets_loss_percentage", Math.Round(100 * sound.LossRatio, 2));
            WriteJitter(json, sound.MaxJitter, sound.Jitter);
            json.WriteStartObject("mos");
            json.WriteNumber("avg", Math.Round(CallQuality.MosOf(sound.LossRatio, Delay), 2));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNumber("packets_sent", sound.Sent);
            if (sound.LostThere is { } lost)
            {
                json.WriteNumber("packets_lost", lost);
                json.WriteNumber("packets_loss_percentage", sound.Sent > 0 ? Math.Round(100.0 * lost / sound.Sent, 2) : 0);
            }
            if (sound.JitterThere is { } jitter) WriteJitter(json, jitter, jitter);
        }
        json.WriteEndObject();
    }

    private static void WriteJitter(Utf8JsonWriter json, TimeSpan max, TimeSpan average)
    {
        json.WriteStartObject("jitter");
        json.WriteNumber("max", SoundSample.Ms(max));
        json.WriteNumber("avg", SoundSample.Ms(average));
        json.WriteEndObject();
    }
}
