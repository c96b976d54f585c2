using TwilioEmu.Carrier.Switching;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;

namespace TwilioEmu.Voice.Operations;

/// <summary>
/// Participants of conferences that go on: shown, listed, changed, kicked. How they are added is in <see cref="ParticipantCreate"/>.
/// </summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/api/conference-participant-resource: those that are in, and those that REST adds, from their making
/// on. A completed conference has none (measured).
/// </remarks>
internal sealed class ParticipantOperations(CallServices services)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
        [("FetchParticipant", Fetch), ("ListParticipant", List), ("UpdateParticipant", Update), ("DeleteParticipant", Delete)];

    private Answer Fetch(RestRequest request) => Find(request) switch
    {
        ({ } room, { } member, _) => Answer.Of(ParticipantFace.Of(room, member)),
        ({ } room, _, { } invite) => Answer.Of(FaceOf(room, invite)),
        _ => Answer.NotFound(request),
    };

    private Answer List(RestRequest request)
    {
        if (services.Conferences.Records(request.Account).Find(request.PathValues["ConferenceSid"]) is not { } conference)
        {
            return ConferenceOperations.RefuseName(request.PathValues["ConferenceSid"]) ?? Answer.NotFound(request);
        }
        var faces = services.Conferences.Find(request.Account, conference.Sid) is { } room ? FacesOf(room, request) : [];
        return new Answer.List(
            after => faces.Skip(after is null ? 0 : faces.FindIndex(f => f.CallSid == after) + 1).Select(f => (f.CallSid, (IFace)f)));
    }

    private Answer Update(RestRequest request)
    {
        var (room, member, invite) = Find(request);
        if (room is null || services.Book.FindLive(member?.CallSid ?? invite?.CallSid ?? "") is not { } call)
        {
            return Answer.NotFound(request);
        }
        var form = new CallForm(request.Form);
        var change = ParticipantChange.Read(form, request, room, member is null ? invite!.CoachedSid : member.CoachedSid);
        if (form.Fault is { } fault) return new Answer.Refusal(fault);

        call.Cause = request.Cause;
        if (member is null)
        {
            change.MakeLater(services, room, invite!, call, request.Cause);
            return Answer.Of(FaceOf(room, invite!));
        }
        change.Make(services, room, member, call, request.Cause);
        // What came to nothing is answered as if it had been done, as on the live service.
        return Answer.Of(ParticipantFace.Of(room, member) with { EndsOnExit = change.EndsOnExit ?? member.EndsOnExit });
    }

    private Answer Delete(RestRequest request)
    {
        var (room, member, invite) = Find(request);
        if (room is null || (member is null && invite is null)) return Answer.NotFound(request);
        if (member is null)
        {
            // It is called off.
            var call = services.Book.FindLive(invite!.CallSid);
            call?.End(call.IsAnswered ? LegEnd.Released : LegEnd.Cancelled);
            return new Answer.NoContent();
        }
        var status = services.Book.FindLive(member.CallSid)?.Record.Status.Word() ?? "completed";
        room.Leave(member, "participant_updated_via_api", status, isKicked: true, request.Cause);
        member.Removed.TrySet(true);
        return new Answer.NoContent();
    }

    /// <summary>The newest first: who is on its way before who is in.</summary>
    private List<ParticipantFace> FacesOf(ConferenceRoom room, RestRequest request) =>
    [
        .. room.Invited.Reverse().Select(i => FaceOf(room, i)).Concat(room.Members.Reverse().Select(m => ParticipantFace.Of(room, m)))
            .Where(f => Is(request, "Muted", f.IsMuted)
                && Is(request, "Hold", f.IsHeld) && Is(request, "Coaching", f.CoachedSid is not null)),
    ];

    private ParticipantFace FaceOf(ConferenceRoom room, ConferenceInvite invite) =>
        ParticipantFace.Of(room, invite, services.Book.FindLive(invite.CallSid)?.Record.Status ?? CallStatus.Failed);

    private (ConferenceRoom? Room, ConferenceMember? Member, ConferenceInvite? Invite) Find(RestRequest request)
    {
        var room = services.Conferences.Find(request.Account, request.PathValues["ConferenceSid"]);
        var which = request.PathValues["CallSid"];
        return (room, room?.Find(which), room?.FindInvited(which));
    }

    private static bool Is(RestRequest request, string name, bool value) =>
        request.Query[name] is not { Length: > 0 } wanted || wanted.Equals("true", StringComparison.OrdinalIgnoreCase) == value;
}
