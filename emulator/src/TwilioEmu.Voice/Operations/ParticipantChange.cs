using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Verbs.Dialling;

namespace TwilioEmu.Voice.Operations;

/// <summary>What REST asks to be changed of a participant; null for what stays as it is.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/api/conference-participant-resource#update-a-participant-resource.</remarks>
internal sealed record ParticipantChange
{
    public bool? Mutes { get; init; }

    public bool? Holds { get; init; }

    /// <summary>Null for Twilio's music.</summary>
    public string? HoldUrl { get; init; }

    public string HoldMethod { get; init; } = "GET";

    public bool? Coaches { get; init; }

    /// <summary>The call of the member to be coached; null for the one that is coached already.</summary>
    public string? CoachedSid { get; init; }

    public bool? EndsOnExit { get; init; }

    public bool? BeepsOnExit { get; init; }

    /// <summary>Empty for silence.</summary>
    public string? WaitUrl { get; init; }

    public string WaitMethod { get; init; } = "POST";

    public string? AnnounceUrl { get; init; }

    public string AnnounceMethod { get; init; } = "POST";

    /// <summary>What it sets, by name.</summary>
    private string Members => string.Join(
        ' ',
        new (object? Value, string Name)[]
        {
            (Mutes, nameof(Mutes)), (Holds, nameof(Holds)), (Coaches, nameof(Coaches)), (EndsOnExit, nameof(EndsOnExit)),
            (BeepsOnExit, nameof(BeepsOnExit)), (WaitUrl, nameof(WaitUrl)), (AnnounceUrl, nameof(AnnounceUrl)),
        }.Where(m => m.Value is not null).Select(m => m.Name));

    /// <summary>Reads it; what is wrong is the form's fault.</summary>
    /// <param name="form">Of the request.</param>
    /// <param name="request">The same.</param>
    /// <param name="room">Where the participant is.</param>
    /// <param name="coached">Whom it coaches already; null for nobody.</param>
    public static ParticipantChange Read(CallForm form, RestRequest request, ConferenceRoom room, string? coached)
    {
        var asked = form.Text("CallSidToCoach");
        var coaches = Flag(form, "Coaching") ?? (asked is null ? null : true);
        if (coaches == true) JudgeCoached(form, room, asked, coached);
        return new ParticipantChange
        {
            // Anything but true is false (twilio.com/docs/voice/api/conference-participant-resource); of the others it is refused.
            Mutes = form.Text("Muted") is { } muted ? muted.Equals("true", StringComparison.OrdinalIgnoreCase) : null,
            Holds = Flag(form, "Hold"),
            HoldUrl = form.Url("HoldUrl", 21205),
            HoldMethod = form.Text("HoldMethod") is null ? "GET" : form.Method("HoldMethod"),
            Coaches = coaches,
            CoachedSid = asked is null ? null : room.Find(asked)?.CallSid,
            EndsOnExit = Flag(form, "EndConferenceOnExit"),
            BeepsOnExit = Flag(form, "BeepOnExit"),
            // An empty one is silence.
            WaitUrl = form.Url("WaitUrl", 21205) ?? (request.Form.Has("WaitUrl") ? "" : null),
            WaitMethod = form.Method("WaitMethod"),
            AnnounceUrl = form.Url("AnnounceUrl", 21205),
            AnnounceMethod = form.Method("AnnounceMethod"),
        };
    }

    /// <summary>Makes it of a participant that is in.</summary>
    public void Make(CallServices services, ConferenceRoom room, ConferenceMember member, LiveCall call, long cause)
    {
        if (Mutes is { } mute) room.Mute(member, mute, cause);
        if (Coaches is { } coaching) room.Coach(member, coaching ? CoachedSid ?? member.CoachedSid : null, cause);
        if (EndsOnExit is { } ends)
        {
            // Told by Twilio's own people, and seen: github.com/twilio-professional-services/flex-dialpad-addon-plugin#60,
            // github.com/twilio/twilio-go#259.
            if (member.IsHeld && Holds != false) WarnOfHold(services, call, cause);
            else room.EndOnExit(member, ends, cause);
        }
        if (BeepsOnExit is { } beeps) room.BeepOnExit(member, beeps, cause);
        if (WaitUrl is not null) room.WaitWith(member, WaitUrl, WaitMethod, cause);
        if (Holds is { } hold) Hold(services, room, member, call, hold, cause);
        if (AnnounceUrl is not null)
        {
            services.World.Loop.Start(() => MemberSound.AnnounceAsync(services, call, room, member, AnnounceUrl, AnnounceMethod));
        }
    }

    /// <summary>Lets a participant that is on its way be seen as it will be, and makes the change when it comes in (inferred).</summary>
    public void MakeLater(CallServices services, ConferenceRoom room, ConferenceInvite invite, LiveCall call, long cause)
    {
        invite.IsMuted = Mutes ?? invite.IsMuted;
        invite.IsHeld = Holds ?? invite.IsHeld;
        invite.EndsOnExit = EndsOnExit ?? invite.EndsOnExit;
        invite.CoachedSid = Coaches switch { null => invite.CoachedSid, true => CoachedSid ?? invite.CoachedSid, false => null };
        invite.Wish(Members, member => Make(services, room, member, call, cause), services.World.Clock.GetUtcNow());
    }

    private static void JudgeCoached(CallForm form, ConferenceRoom room, string? asked, string? coached)
    {
        if (asked is null && coached is null) form.Refuse(20001, "CallSidToCoach is required when Coaching is true", 0);
        else if (asked is not null && room.Find(asked) is null)
        {
            form.Refuse(16028, $"Conference: the participant to be coached, {asked}, is not in it", 0);
        }
        if (room.Find(asked ?? coached ?? "") is { IsHeld: true } held)
        {
            form.Refuse(16027, $"Conference: the participant to be coached, {held.CallSid}, is on hold", 0);
        }
    }

    private void Hold(CallServices services, ConferenceRoom room, ConferenceMember member, LiveCall call, bool isOn, long cause)
    {
        var wasOn = member.IsHeld;
        room.Hold(member, isOn, cause);
        // Another URL is other music.
        if (isOn && (!wasOn || HoldUrl is not null))
        {
            services.World.Loop.Start(() => MemberSound.HoldAsync(services, call, room, member, HoldUrl, HoldMethod));
        }
        else if (!isOn) member.HoldMusic?.Cancel();
    }

    private static void WarnOfHold(CallServices services, LiveCall call, long cause) => services.World.Journal.Warn(
        call.Record.Account, call.Record.Sid, cause,
        "EndConferenceOnExit of a participant on hold is answered 200 and changes nothing, as on the live service: "
            + "send Hold=false along with it");

    /// <summary>Null when absent.</summary>
    private static bool? Flag(CallForm form, string name) => form.Text(name) is null ? null : form.Flag(name, usual: false);
}
