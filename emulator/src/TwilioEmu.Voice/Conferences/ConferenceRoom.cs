using System.Collections.Immutable;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;

namespace TwilioEmu.Voice.Conferences;

/// <summary>A conference that goes on: its members, and who hears whom.</summary>
/// <remarks>
/// Loop-confined. One <see cref="Mix"/>: who is muted or on hold is absent from it, a coach is in it for the coached alone, and beeps and
/// announcements are a voice of the room's own. A member hears the mix without its own voice on <see cref="Lanes.Room"/>, and what is for
/// it alone on <see cref="Lanes.Main"/>. A change costs one step of the mix, whatever the number of members.
/// </remarks>
internal sealed class ConferenceRoom(World world, Conference record, ConferenceReporter reporter, Action<ConferenceRoom> close)
{
    private readonly List<ConferenceMember> _members = [];
    private readonly List<ConferenceInvite> _invited = [];

    public Conference Record { get; private set; } = record;

    public IReadOnlyList<ConferenceMember> Members => _members;

    /// <summary>Calls that REST adds, while they are on their way, the first to be added first.</summary>
    public IReadOnlyList<ConferenceInvite> Invited => _invited;

    /// <summary>Who is heard.</summary>
    public Mix Mix { get; } = new(new MixId(record.Sid));

    /// <summary>Who came in first; null while nobody has.</summary>
    public PartyId? First { get; private set; }

    /// <summary>Of the mix the first member alone.</summary>
    public Mix FirstVoice { get; } = new(new MixId($"{record.Sid} first"));

    /// <summary>Beeps and announcements: a voice that all hear.</summary>
    public Track Announcements { get; } = new(new TrackId($"{record.Sid} announcements"));

    public ConferenceCallback Callback { get; set; } = ConferenceCallback.None;

    /// <summary>How many callbacks were sent.</summary>
    public int CallbackCount { get; set; }

    /// <summary>Completes when it begins, with the entry that says so; 0 when it ended before.</summary>
    public Signal<long> Begun { get; } = new(world.Loop);

    /// <summary>Completes when it is over, with the entry that says so.</summary>
    public Signal<long> Over { get; } = new(world.Loop);

    /// <summary>True once somebody has had it recorded: there is one recording of its own at most (inferred).</summary>
    public bool IsRecorded { get; set; }

    public bool HasStarted => Record.Status == ConferenceStatus.InProgress;

    public bool IsOver => Record.Status == ConferenceStatus.Completed;

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    public ConferenceMember? Find(string callSidOrLabel) =>
        _members.Find(m => m.CallSid == callSidOrLabel) ?? _members.Find(m => m.Label == callSidOrLabel);

    public ConferenceInvite? FindInvited(string callSidOrLabel) =>
        _invited.Find(i => i.CallSid == callSidOrLabel) ?? _invited.Find(i => i.Label == callSidOrLabel);

    /// <summary>True where another participant has that label, be it on its way.</summary>
    public bool IsTaken(string label, string byOtherThan) =>
        _members.Exists(m => m.Label == label && m.CallSid != byOtherThan)
        || _invited.Exists(i => i.Label == label && i.CallSid != byOtherThan);

    /// <summary>REST adds a call.</summary>
    public void Invite(ConferenceInvite invite) => _invited.Add(invite);

    /// <summary>A member comes in; with it the conference may begin.</summary>
    public void Join(ConferenceMember member, long cause)
    {
        var invite = FindInvited(member.CallSid);
        if (invite is not null) _invited.Remove(invite);
        _members.Add(member);
        First ??= member.Id;
        var entry = Note(ConferenceEntries.Joined, member, cause);
        reporter.Report(this, ConferenceEvents.Join, "participant-join", member, entry);
        if (HasStarted) LetIn(member);
        else if (_members.Count >= 2 && _members.Exists(m => m.StartsOnEnter)) Start(entry);
        Remix();
        if (HasStarted && member.Beeps is BeepWhen.Both or BeepWhen.Enter) Beep(ToneKind.Entry);
        invite?.Fulfil(member);
    }

    /// <summary>A member goes, or is put out; with it the conference may end.</summary>
    /// <param name="member">Who.</param>
    /// <param name="reason"><c>ReasonParticipantLeft</c>.</param>
    /// <param name="callStatus"><c>ParticipantCallStatus</c>.</param>
    /// <param name="isKicked">True when somebody else put it out.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    public void Leave(ConferenceMember member, string reason, string callStatus, bool isKicked, long cause)
    {
        if (!_members.Remove(member)) return;
        var entry = Depart(member, reason, callStatus, cause);
        if (HasStarted && member.Beeps is BeepWhen.Both or BeepWhen.Exit) Beep(ToneKind.Exit);
        if (IsOver) return;
        var how = isKicked ? "kicked" : "left";
        if (member.EndsOnExit) End($"participant-with-end-conference-on-exit-{how}", "moderator_ended_conference", member, entry);
        else if (_members.Count == 0 && _invited.Count == 0) End($"last-participant-{how}", "participant_hung_up", member, entry);
    }

    /// <summary>A call that REST added did not get in.</summary>
    public void Miss(string callSid, string callStatus, long cause)
    {
        if (_invited.Find(i => i.CallSid == callSid) is not { } invite || !_invited.Remove(invite) || IsOver) return;
        List<KeyValuePair<string, string>> extra =
            [new("CallSid", callSid), new("ParticipantCallStatus", callStatus), new("ReasonParticipantLeft", "participant_add_failed")];
        if (invite.Label is { } label) extra.Add(new("ParticipantLabel", label));
        reporter.Report(this, ConferenceEvents.Leave, "participant-leave", null, cause, extra);
        if (_members.Count == 0 && _invited.Count == 0) End("last-participant-left", "participant_hung_up", null, cause);
    }

    /// <summary>Ends it by REST.</summary>
    public void EndByRest(long cause) => End("conference-ended-via-api", "conference_ended_via_api", null, cause);

    public void Mute(ConferenceMember member, bool isOn, long cause)
    {
        if (member.IsMuted == isOn) return;
        member.IsMuted = isOn;
        Change(member, ConferenceEvents.Mute, isOn ? "participant-mute" : "participant-unmute", cause);
    }

    /// <summary>Takes a member out of the talk, or back into it; what it hears meanwhile is others' to play.</summary>
    public void Hold(ConferenceMember member, bool isOn, long cause)
    {
        if (member.IsHeld == isOn) return;
        member.IsHeld = isOn;
        if (HasStarted) Hear(member, isOn ? new Source.Silence() : new Source.Mixed(Mix, member.Id));
        Change(member, ConferenceEvents.Hold, isOn ? "participant-hold" : "participant-unhold", cause);
    }

    /// <summary>Makes a member the coach of another, or a full member again.</summary>
    public void Coach(ConferenceMember member, string? coachedSid, long cause)
    {
        if (member.CoachedSid == coachedSid) return;
        member.CoachedSid = coachedSid;
        Change(member, ConferenceEvents.Modify, "participant-modify", cause);
    }

    public void EndOnExit(ConferenceMember member, bool isOn, long cause)
    {
        if (member.EndsOnExit == isOn) return;
        member.EndsOnExit = isOn;
        Change(member, ConferenceEvents.Modify, "participant-modify", cause);
    }

    public void BeepOnExit(ConferenceMember member, bool isOn, long cause)
    {
        var beeps = (isOn, member.Beeps is BeepWhen.Both or BeepWhen.Enter) switch
        {
            (true, true) => BeepWhen.Both,
            (true, false) => BeepWhen.Exit,
            (false, true) => BeepWhen.Enter,
            _ => BeepWhen.Never,
        };
        if (member.Beeps == beeps) return;
        member.Beeps = beeps;
        Change(member, ConferenceEvents.Modify, "participant-modify", cause);
    }

    /// <summary>
    /// Another document for a member that waits; who waits no more hears nothing of it, and it is told all the same (inferred).
    /// </summary>
    public void WaitWith(ConferenceMember member, string url, string method, long cause)
    {
        if (member.Waiting == (url, method)) return;
        member.WaitWith(url, method);
        Change(member, ConferenceEvents.Modify, "participant-modify", cause);
    }

    /// <summary>Tells an event that the room does not make itself: speech, the end of an announcement.</summary>
    public void Report(
        ConferenceEvents subscribed, string name, ConferenceMember? member, long cause,
        params IEnumerable<KeyValuePair<string, string>> extra) =>
        reporter.Report(this, subscribed, name, member, cause, extra);

    private void Start(long cause)
    {
        var entry = Put(Record with { Status = ConferenceStatus.InProgress, Updated = Now }, ConferenceEntries.Started, cause);
        reporter.Report(this, ConferenceEvents.Start, "conference-start", null, cause);
        foreach (var member in _members) LetIn(member);
        Begun.TrySet(entry);
    }

    private void LetIn(ConferenceMember member)
    {
        member.Started.TrySet(true);
        if (!member.IsHeld) Hear(member, new Source.Mixed(Mix, member.Id));
    }

    private void End(string reason, string reasonLeft, ConferenceMember? by, long cause)
    {
        if (IsOver) return;
        var callSid = by?.CallSid;
        var entry = Put(
            Record with { Status = ConferenceStatus.Completed, Updated = Now, Reason = reason, EndingCallSid = callSid },
            ConferenceEntries.Ended, cause);
        foreach (var member in _members.ToArray())
        {
            _members.Remove(member);
            Depart(member, reasonLeft, "in-progress", cause);
            member.Removed.TrySet(true);
        }
        List<KeyValuePair<string, string>> extra = [new("ReasonConferenceEnded", reason), new("Reason", reason.Replace('-', ' '))];
        if (by is not null) extra.Insert(0, new("CallSidEndingConference", by.CallSid));
        if (by?.Label is { } label) extra.Insert(1, new("ParticipantLabelEndingConference", label));
        reporter.Report(this, ConferenceEvents.End, "conference-end", null, cause, extra);
        close(this);
        Begun.TrySet(0);
        Over.TrySet(entry);
    }

    private long Depart(ConferenceMember member, string reason, string callStatus, long cause)
    {
        member.Leave();
        Hear(member, new Source.Silence());
        Remix();
        var entry = Note(ConferenceEntries.Left, member, cause, reason);
        reporter.Report(
            this, ConferenceEvents.Leave, "participant-leave", member, entry,
            new("ParticipantCallStatus", callStatus), new("ReasonParticipantLeft", reason));
        return entry;
    }

    private void Change(ConferenceMember member, ConferenceEvents subscribed, string name, long cause)
    {
        member.Updated = Now;
        Remix();
        reporter.Report(this, subscribed, name, member, Note(ConferenceEntries.Changed, member, cause));
    }

    private void Remix()
    {
        var voices = ImmutableArray.CreateBuilder<MixVoice>(_members.Count + 1);
        voices.Add(new MixVoice(new PartyId(Record.Sid), Announcements));
        foreach (var member in _members)
        {
            if (member.IsMuted || member.IsHeld) continue;
            voices.Add(new MixVoice(member.Id, member.Media.FromParty, 0, member.CoachedSid is { } coached ? new PartyId(coached) : null));
        }
        Mix.Set(Now, voices.ToImmutable());
        FirstVoice.Set(Now, [.. voices.Where(v => v.Who == First)]);
    }

    private void Beep(ToneKind kind)
    {
        var tone = new ToneName(kind);
        Announcements.Put(new Cue(Now, Lanes.Keys, new Source.Tone(tone, ToneGenerator.LengthOf(tone))));
    }

    private void Hear(ConferenceMember member, Source source) => member.Media.ToParty.Put(new Cue(Now, Lanes.Room, source));

    private long Note(EntryKind kind, ConferenceMember member, long cause, string? reason = null) => world.Journal.Write(
        Record.Account, kind, member.CallSid, cause,
        ("conference", Record.FriendlyName), ("conference_sid", Record.Sid), ("label", member.Label),
        ("moderator", member.StartsOnEnter || member.EndsOnExit), ("muted", member.IsMuted), ("hold", member.IsHeld),
        ("coaching", member.CoachedSid), ("reason", reason), ("size", _members.Count), ("jitter_buffer", member.JitterBuffer)).Seq;

    private long Put(Conference changed, EntryKind kind, long cause)
    {
        Record = changed;
        return world.Store.Put(Conference.Table, changed.Account, changed, kind, cause).Seq;
    }
}
