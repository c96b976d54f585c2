using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;

namespace TwilioEmu.Voice.Operations;

/// <summary>A participant as it was when it was asked for.</summary>
/// <remarks>twilio.com/docs/voice/api/conference-participant-resource.</remarks>
internal sealed record ParticipantFace(
    AccountSid Account, string ConferenceSid, string CallSid, string Status, DateTimeOffset Created, DateTimeOffset Updated) : IFace
{
    public string? Label { get; init; }

    public bool IsMuted { get; init; }

    public bool IsHeld { get; init; }

    public string? CoachedSid { get; init; }

    public bool StartsOnEnter { get; init; } = true;

    public bool EndsOnExit { get; init; }

    /// <summary>Told in the answer to a create alone; null else.</summary>
    public TimeSpan? QueueTime { get; init; }

    public static ParticipantFace Of(ConferenceRoom room, ConferenceMember member) =>
        new(room.Record.Account, room.Record.Sid, member.CallSid, "connected", member.Since, member.Updated)
        {
            Label = member.Label,
            IsMuted = member.IsMuted,
            IsHeld = member.IsHeld,
            CoachedSid = member.CoachedSid,
            StartsOnEnter = member.StartsOnEnter,
            EndsOnExit = member.EndsOnExit,
        };

    /// <summary>One that is on its way.</summary>
    public static ParticipantFace Of(ConferenceRoom room, ConferenceInvite invite, CallStatus status) =>
        new(room.Record.Account, room.Record.Sid, invite.CallSid, WordOf(status), invite.Since, invite.Updated)
        {
            Label = invite.Label,
            IsMuted = invite.IsMuted,
            IsHeld = invite.IsHeld,
            CoachedSid = invite.CoachedSid,
            StartsOnEnter = invite.StartsOnEnter,
            EndsOnExit = invite.EndsOnExit,
        };

    /// <summary>How a participant's status is spelt that is not in yet; answered, it still connects (inferred).</summary>
    private static string WordOf(CallStatus status) => status switch
    {
        CallStatus.Queued => "queued",
        CallStatus.Ringing => "ringing",
        CallStatus.Initiated or CallStatus.InProgress => "connecting",
        CallStatus.Completed => "complete",
        _ => "failed",
    };

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "account_sid": to.Write(Account.Value); break;
            case "call_sid": to.Write(CallSid); break;
            case "label": to.Write(Label); break;
            case "call_sid_to_coach": to.Write(CoachedSid); break;
            case "coaching": to.Write(CoachedSid is not null); break;
            case "conference_sid": to.Write(ConferenceSid); break;
            case "date_created": to.Write(Created); break;
            case "date_updated": to.Write(Updated); break;
            case "end_conference_on_exit": to.Write(EndsOnExit); break;
            case "muted": to.Write(IsMuted); break;
            case "hold": to.Write(IsHeld); break;
            case "start_conference_on_enter": to.Write(StartsOnEnter); break;
            case "status": to.Write(Status); break;
            case "queue_time":
                if (QueueTime is { } time) to.WriteQuoted((long)time.TotalMilliseconds);
                else to.Write((string?)null);
                break;
            case "uri": to.Write($"/2010-04-01/Accounts/{Account}/Conferences/{ConferenceSid}/Participants/{CallSid}.json"); break;
        }
    }
}
