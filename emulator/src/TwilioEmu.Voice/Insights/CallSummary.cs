using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;

namespace TwilioEmu.Voice.Insights;

/// <summary>What became of a call, as Voice Insights sums it up; computed from its record and its journal when it is asked for.</summary>
/// <remarks>
/// Made on the loop, written off it. twilio.com/docs/voice/voice-insights/api/call/call-summary-resource and its details page. What nobody
/// measures here (carriers, places on the map, packets of simulated phones: they send none) is null or left out. Complete half an hour
/// after the end, partial before.
/// </remarks>
internal sealed class CallSummary : IFace
{
    /// <summary>twilio.com/docs/voice/insights/api/call-summary-resource: processing_state.</summary>
    public static readonly TimeSpan CompleteAfter = TimeSpan.FromMinutes(30);

    private readonly Call _call;
    private readonly TimeSpan? _postDialDelay;
    private readonly bool _isConferenceMember;

    public CallSummary(Call call, CallAnnotation? annotation, WorldJournal journal, DateTimeOffset now)
    {
        (_call, Annotation) = (call, annotation);
        IsComplete = call.EndTime is { } end && now >= end + CompleteAfter;
        foreach (var entry in journal.After(0, new Selection(Subject: call.Sid)))
        {
            if (entry.Kind == ConferenceEntries.Joined.Name) _isConferenceMember = true;
            // From the dialling to the first sign of the other end.
            if (_postDialDelay is null && call.StartTime is { } start
                && (entry.Kind == CallEntries.Ringing.Name || entry.Kind == CallEntries.InProgress.Name))
            {
                _postDialDelay = entry.At - start;
            }
        }
    }

    public Call Call => _call;

    public bool IsComplete { get; }

    /// <summary>What somebody noted of it; null for nothing.</summary>
    public CallAnnotation? Annotation { get; }

    public string Type => TypeOf(_call);

    public string State => StateOf(_call.Status);

    public string Direction => _call.Direction.Word();

    public string AnsweredBy => _call.AnsweredBy ?? "unknown";

    /// <summary>True where the caller's number was proved to the full; null where nobody tried.</summary>
    public bool? IsVerified => _call.StirVerstat is { } verstat ? new CarrierMarks(StirVerstat: verstat).Level == "A" : null;

    /// <summary>ISO 3166 of a number; empty for what is none.</summary>
    public static string CountryOf(string address) => address.StartsWith('+') ? NumberPlace.Of(address).Country : "";

    /// <summary>By the kind of who is at its end.</summary>
    public static string TypeOf(Call call) => call.TrunkSid is not null ? "trunking" : PartyAddress.Read(PartyOf(call)).Kind switch
    {
        AddressKind.Sip => "sip",
        AddressKind.Client => "client",
        AddressKind.WhatsApp => "whatsapp",
        _ => "carrier",
    };

    public static string StateOf(CallStatus status) => status switch
    {
        CallStatus.Queued or CallStatus.Initiated => "undialed",
        CallStatus.Ringing => "ringing",
        CallStatus.InProgress => "answered",
        CallStatus.Completed => "completed",
        CallStatus.Busy => "busy",
        CallStatus.NoAnswer => "noanswer",
        CallStatus.Canceled => "canceled",
        _ => "fail",
    };

    /// <summary>Who is at its end.</summary>
    public static string PartyOf(Call call) => call.Direction.IsFromCaller() ? call.From : call.To;

    public static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "account_sid": to.Write(_call.Account.Value); break;
            case "call_sid": to.Write(_call.Sid); break;
            case "call_type": to.Write(Type); break;
            case "call_state": to.Write(State); break;
            case "answered_by": to.Write(AnsweredBy); break;
            case "processing_state": to.Write(IsComplete ? "complete" : "partial"); break;
            case "created_time": to.Write(_call.DateCreated); break;
            case "start_time": to.Write(_call.StartTime); break;
            case "end_time": to.Write(_call.EndTime); break;
            case "duration" when _call is { StartTime: { } start, EndTime: { } end }: to.Write(Seconds(end - start)); break;
            case "connect_duration" when _call.EndTime is { } over:
                to.Write(_call.AnswerTime is { } answered ? Seconds(over - answered) : 0);
                break;
            case "from": WriteParty(to.Json, "caller", _call.From); break;
            case "to": WriteParty(to.Json, "callee", _call.To); break;
            case "tags":
                to.Json.WriteStartArray();
                to.Json.WriteEndArray();
                break;
            case "properties": WriteProperties(to.Json); break;
            case "annotation" when Annotation is not null: Annotation.WriteIn(to.Json); break;
            case "attributes":
                to.Json.WriteStartObject();
                to.Json.WriteBoolean("conference_participant", _isConferenceMember);
                to.Json.WriteEndObject();
                break;
            case "carrier_edge" or "sip_edge" or "client_edge" when HasEdge(property):
                WriteEdge(to.Json, property == CallStage.EdgeOf(this) ? _call.Sound : null);
                break;
            case "trust" when IsVerified is { } verified:
                to.Json.WriteStartObject();
                to.Json.WriteStartObject("verified_caller");
                to.Json.WriteBoolean("verified", verified);
                to.Json.WriteEndObject();
                to.Json.WriteEndObject();
                break;
            case "url": to.Write($"{to.BaseUrl}/v1/Voice/{_call.Sid}/Summary"); break;
            default: to.Json.WriteNullValue(); break;
        }
    }

    /// <summary>
    /// A PSTN call has a carrier edge alone, a SIP call a SIP edge, a trunk both, an app's own phone a client edge (details page).
    /// </summary>
    private bool HasEdge(string edge) =>
        (Type, edge) is (
            "carrier" or "whatsapp" or "trunking", "carrier_edge") or ("sip" or "trunking", "sip_edge") or ("client", "client_edge");

    private static void WriteEdge(Utf8JsonWriter json, LegSound? sound)
    {
        json.WriteStartObject();
        if (sound is null) json.WriteNull("metrics");
        else
        {
            json.WriteStartObject("metrics");
            json.WritePropertyName("inbound");
            EdgeMetrics.Write(json, sound, isInbound: true);
            json.WritePropertyName("outbound");
            EdgeMetrics.Write(json, sound, isInbound: false);
            json.WriteEndObject();
        }
        json.WriteStartObject("properties");
        json.WriteString("media_region", "us1");
        if (sound is not null) json.WriteString("external_media_ip", sound.Remote[..Math.Max(0, sound.Remote.LastIndexOf(':'))]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParty(Utf8JsonWriter json, string role, string address)
    {
        json.WriteStartObject();
        json.WriteString(role, address);
        if (address.StartsWith('+'))
        {
            var place = NumberPlace.Of(address);
            json.WriteString("connection", "pstn");
            json.WriteString("country_code", place.Country);
            json.WriteString("country_subdivision", place.State);
            json.WriteString("city", place.City);
        }
        json.WriteEndObject();
    }

    private void WriteProperties(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("direction", Direction);
        if (_postDialDelay is { } delay) json.WriteNumber("pdd_ms", (long)delay.TotalMilliseconds);
        if (_call.EndedBy is { } by)
        {
            json.WriteString("disconnected_by", (by == "party") == _call.Direction.IsFromCaller() ? "caller" : "callee");
        }
        if (_call.SipStatus is { } status) json.WriteNumber("last_sip_response_num", status);
        json.WriteNumber("queue_time", (long)_call.QueueTime.TotalMilliseconds);
        json.WriteEndObject();
    }
}
