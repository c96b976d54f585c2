using TwilioEmu.Rest.Faces;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Insights;

/// <summary>What became of one participant.</summary>
/// <remarks>
/// twilio.com/docs/voice/voice-insights/api/conference/participant-summary-resource. Names within
/// <c>events</c> and <c>properties</c> are inferred; metrics are of packets, of which none are measured.
/// </remarks>
/// <param name="Stay">When it was in.</param>
/// <param name="Of">The conference.</param>
/// <param name="Call">Its call; null for one that is kept no more.</param>
internal sealed record ParticipantSummary(Stay Stay, ConferenceSummary Of, Call? Call) : IFace
{
    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "participant_sid": to.Write(Stay.Sid); break;
            case "label": to.Write(Stay.Label); break;
            case "conference_sid": to.Write(Of.Conference.Sid); break;
            case "call_sid": to.Write(Stay.CallSid); break;
            case "account_sid": to.Write(Of.Conference.Account.Value); break;
            case "call_direction" when Call is not null: to.Write(Call.Direction.IsFromCaller() ? "inbound" : "outbound"); break;
            case "from" when Call is not null: to.Write(Call.From); break;
            case "to" when Call is not null: to.Write(Call.To); break;
            case "call_status" when Call is not null: to.Write(CallSummary.StateOf(Call.Status)); break;
            case "country_code" when Call is not null: to.Write(CallSummary.CountryOf(CallSummary.PartyOf(Call))); break;
            case "is_moderator": to.Write(Stay.IsModerator); break;
            case "join_time": to.Write(Stay.Entry.At); break;
            case "leave_time": to.Write(Stay.Left); break;
            case "duration_seconds" when Stay.Left is { } left: to.Write(CallSummary.Seconds(left - Stay.Entry.At)); break;
            // Of calls that REST made: what was estimated when they were, and what it came to.
            case "outbound_queue_length" when Call is { Direction: CallDirection.OutboundApi }:
                to.Write(CallSummary.Seconds(Call.QueueTime));
                break;
            case "outbound_time_in_queue" when Call is { Direction: CallDirection.OutboundApi, StartTime: { } start }:
                to.Write(CallSummary.Seconds(start - Call.DateCreated)); break;
            case "jitter_buffer_size": to.Write(Stay.JitterBuffer); break;
            case "is_coach": to.Write(Stay.Coached.Count > 0); break;
            case "coached_participants":
                to.Json.WriteStartArray();
                foreach (var coached in Stay.Coached) to.Json.WriteStringValue(coached);
                to.Json.WriteEndArray();
                break;
            case "participant_region" or "conference_region": to.Write(Of.Conference.Region); break;
            case "call_type" when Call is not null:
                to.Write(CallSummary.TypeOf(Call) switch { "client" => "client", "sip" or "trunking" => "sip", _ => "carrier" }); break;
            case "processing_state":
                to.Write(Stay.Left is { } gone && Of.Now >= gone + CallSummary.CompleteAfter ? "complete" : "in_progress");
                break;
            case "properties":
                to.Json.WriteStartObject();
                to.Json.WriteBoolean("enter_muted", Stay.EntersMuted);
                to.Json.WriteEndObject();
                break;
            case "events": WriteEvents(to); break;
            case "url": to.Write($"{ConferenceSummary.UrlOf(to, Of.Conference.Sid)}/Participants/{Stay.Sid}"); break;
            default: to.Json.WriteNullValue(); break;
        }
    }

    private void WriteEvents(FaceWriter to)
    {
        to.Json.WriteStartObject();
        foreach (var kind in Stay.Events.GroupBy(e => e.What))
        {
            to.Json.WriteStartArray(kind.Key);
            foreach (var (_, at) in kind) to.Json.WriteStringValue(TwilioDates.ToIso8601(at));
            to.Json.WriteEndArray();
        }
        to.Json.WriteEndObject();
    }
}
