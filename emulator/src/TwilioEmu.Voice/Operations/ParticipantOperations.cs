using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Verbs.Dialling;

namespace TwilioEmu.Voice.Operations;

/// <summary>Participants of conferences that go on: shown, listed, changed, kicked. How they are added is in <see cref="ParticipantCreate"/>.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/api/conference-participant-resource. A completed conference has none (measured).</remarks>
internal sealed class ParticipantOperations(CallServices services)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
        [("FetchParticipant", Fetch), ("ListParticipant", List), ("UpdateParticipant", Update), ("DeleteParticipant", Delete)];

    private Answer Fetch(RestRequest request)
    {
        var (room, member) = Find(request);
        return room is not null && member is not null ? Answer.Of(ParticipantFace.Of(room, member)) : Answer.NotFound(request);
    }

    private Answer List(RestRequest request)
    {
        if (services.Conferences.Records(request.Account).Find(request.PathValues["ConferenceSid"]) is not { } conference) return Answer.NotFound(request);
        var faces = services.Conferences.Find(request.Account, conference.Sid) is { } room
            ? room.Members.Where(m => Is(request, "Muted", m.IsMuted) && Is(request, "Hold", m.IsHeld) && Is(request, "Coaching", m.CoachedSid is not null))
                .Reverse().Select(m => ParticipantFace.Of(room, m)).ToList()
            : [];
        return new Answer.List(after => faces.Skip(after is null ? 0 : faces.FindIndex(f => f.CallSid == after) + 1).Select(f => (f.CallSid, (IFace)f)));
    }

    private Answer Update(RestRequest request)
    {
        var (room, member) = Find(request);
        if (room is null || member is null || services.Book.FindLive(member.CallSid) is not { } call) return Answer.NotFound(request);
        var form = new CallForm(request.Form);
        var (holdUrl, announceUrl) = (form.Url("HoldUrl", 21205), form.Url("AnnounceUrl", 21205));
        var holdMethod = form.Text("HoldMethod") is null ? "GET" : form.Method("HoldMethod");
        var announceMethod = form.Method("AnnounceMethod");
        var (waitUrl, waitMethod) = (form.Url("WaitUrl", 21205), form.Method("WaitMethod"));
        // An empty one is silence.
        if (waitUrl is null && request.Form.Has("WaitUrl")) waitUrl = "";
        var coached = form.Text("CallSidToCoach");
        var isCoaching = Flag(form, "Coaching") ?? (coached is null ? null : true);
        if (isCoaching == true && coached is null && member.CoachedSid is null) form.Refuse(20001, "CallSidToCoach is required when Coaching is true", 0);
        if (isCoaching == true && coached is not null && room.Find(coached) is null)
        {
            form.Refuse(16028, $"Conference: the participant to be coached, {coached}, is not in it", 0);
        }
        if (isCoaching == true && room.Find(coached ?? member.CoachedSid ?? "") is { IsHeld: true } held)
        {
            form.Refuse(16027, $"Conference: the participant to be coached, {held.CallSid}, is on hold", 0);
        }
        if (form.Fault is { } fault) return new Answer.Refusal(fault);

        call.Cause = request.Cause;
        if (Flag(form, "Muted") is { } mute) room.Mute(member, mute, request.Cause);
        if (isCoaching is { } coaching) room.Coach(member, coaching ? coached ?? member.CoachedSid : null, request.Cause);
        if (Flag(form, "EndConferenceOnExit") is { } ends) room.EndOnExit(member, ends, request.Cause);
        if (Flag(form, "BeepOnExit") is { } beeps) room.BeepOnExit(member, beeps, request.Cause);
        if (waitUrl is not null) room.WaitWith(member, waitUrl, waitMethod, request.Cause);
        if (Flag(form, "Hold") is { } hold) Hold(room, member, call, hold, holdUrl, holdMethod, request.Cause);
        if (announceUrl is not null) services.World.Loop.Start(() => MemberSound.AnnounceAsync(services, call, room, member, announceUrl, announceMethod));
        return Answer.Of(ParticipantFace.Of(room, member));
    }

    private void Hold(ConferenceRoom room, ConferenceMember member, LiveCall call, bool isOn, string? url, string method, long cause)
    {
        var wasOn = member.IsHeld;
        room.Hold(member, isOn, cause);
        // Another URL is other music.
        if (isOn && (!wasOn || url is not null)) services.World.Loop.Start(() => MemberSound.HoldAsync(services, call, room, member, url, method));
        else if (!isOn) member.HoldMusic?.Cancel();
    }

    private Answer Delete(RestRequest request)
    {
        var (room, member) = Find(request);
        if (room is null || member is null) return Answer.NotFound(request);
        var status = services.Book.FindLive(member.CallSid)?.Record.Status.Word() ?? "completed";
        room.Leave(member, "participant_updated_via_api", status, isKicked: true, request.Cause);
        member.Removed.TrySet(true);
        return new Answer.NoContent();
    }

    private (ConferenceRoom? Room, ConferenceMember? Member) Find(RestRequest request)
    {
        var room = services.Conferences.Find(request.Account, request.PathValues["ConferenceSid"]);
        return (room, room?.Find(request.PathValues["CallSid"]));
    }

    /// <summary>Anything but <c>true</c> is false (twilio.com/docs/voice/api/conference-participant-resource: Muted); null when absent.</summary>
    private static bool? Flag(CallForm form, string name) => form.Text(name) is { } text ? text.Equals("true", StringComparison.OrdinalIgnoreCase) : null;

    private static bool Is(RestRequest request, string name, bool value) =>
        request.Query[name] is not { Length: > 0 } wanted || wanted.Equals("true", StringComparison.OrdinalIgnoreCase) == value;
}
