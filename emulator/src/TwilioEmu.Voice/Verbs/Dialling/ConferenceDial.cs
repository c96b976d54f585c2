using TwilioEmu.Media.Listening;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Verbs.Recorded;
using TwilioEmu.Voice.WellKnown;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>Runs a Dial into a conference.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/twiml/conference. 1. Find the room, or open it; 2. go in; 3. hear the waiting document once until
/// the conference begins; 4. stay until it is over, the member is put out, the time is up or a star is pressed; 5. ask for the action.
/// </remarks>
internal sealed class ConferenceDial(Dial dial, ConferenceSettings settings, VerbContext context)
{
    private string _status = "answered";
    private LiveRecording? _recording;

    public async Task<Next> RunAsync(CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        var (code, message, goesOn) = Judge();
        if (code != 0)
        {
            context.Warn(code, message);
            if (goesOn) return Next.Continue;
            _status = "failed";
            return Conclude();
        }
        try
        {
            await StayAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            if (!context.Services.World.Ending.IsCancellationRequested && !string.IsNullOrEmpty(dial.Action))
            {
                context.SendAside(dial.Action, dial.Method, WebhookPurpose.Action, Parameters());
            }
            throw;
        }
        return Conclude();
    }

    /// <summary>1. Why the call cannot go in, and whether the document simply goes on; code 0 when it can.</summary>
    private (int Code, string Message, bool GoesOn) Judge()
    {
        if (settings.Name.Length is 0 or > Conference.MaxNameLength)
        {
            return (
                13237, $"Dial->Conference: Invalid name: it has {settings.Name.Length} characters, 1 to {Conference.MaxNameLength} are",
                false);
        }
        if (WaitUrl() is null)
        {
            return (13233, $"Dial->Conference: Invalid waitUrl: {context.Document.WhyUnresolved(settings.WaitUrl)}", false);
        }
        // By its SID only one that goes on (twilio.com/docs/api/errors/13236).
        if (Kernel.Ids.SidMint.IsSid(settings.Name, "CF") && Room() is null)
        {
            return (13236, $"Dial->Conference: Invalid Conference Sid: no conference {settings.Name} goes on", false);
        }
        var label = settings.Label;
        if (label is not null && !ParticipantLabel.IsValid(label))
        {
            return (16023, $"Conference: Participant label '{label}' is invalid", true);
        }
        var room = Room();
        if (label is not null && room?.IsTaken(label, context.Call.Sid) == true)
        {
            return (16025, $"Conference: Participant label '{label}' is in use", true);
        }
        if (settings.Coach is { } coach && room?.Find(coach) is null)
        {
            return (13240, $"Dial->Conference: Invalid coach call SID {coach}: it is in no conference {settings.Name}", false);
        }
        if (room is not null && room.Members.Count >= settings.MaxMembers)
        {
            return (16020, $"Conference {settings.Name} is full: {settings.MaxMembers} members are in it", false);
        }
        return (0, "", false);
    }

    private async Task StayAsync(CancellationToken cancellation)
    {
        var call = context.Call;
        var callback = settings.Callback with
        {
            Url = settings.Callback.Url is { } written && context.Document.TryResolve(written, out var absolute) ? absolute : null,
        };
        if (settings.Callback.Url is not null && callback.Url is null)
        {
            context.Warn(11100, context.Document.WhyUnresolved(settings.Callback.Url));
        }
        // The first member's wishes rule; REST may have opened the room without any.
        var room = Room() ?? context.Services.Conferences.Of(call.Account, settings.Name, callback, settings.Region, context.Live.Cause);
        if (room.Members.Count == 0 && room.Callback.Url is null) room.Callback = callback;
        using var member = new ConferenceMember(context.Services.World.Loop, call.Sid, context.Media, context.Now)
        {
            Label = settings.Label,
            IsMuted = settings.IsMuted,
            Beeps = settings.Beeps,
            StartsOnEnter = settings.StartsOnEnter,
            EndsOnExit = settings.EndsOnExit,
            CoachedSid = settings.Coach is { } coach ? room.Find(coach)?.CallSid : null,
            JitterBuffer = settings.JitterBuffer,
        };
        member.WaitWith(WaitUrl() ?? "", settings.WaitMethod);
        context.Live.Buffer(JitterBuffers.BoundsOf(settings.JitterBuffer));
        // 2. In.
        room.Join(member, context.Live.Cause);
        if (settings.Recording is { } wish) ConferenceRecording.Ask(context.Services, call, room, SpecOf(wish));
        // Around a conference: this caller in the first channel, what it hears in the second (measured).
        if (dial.Recording is { } recorded) _recording = context.Record(recorded.Spec(context));
        using var staying = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var inputs = dial.HangsUpOnStar || (room.Callback.Events & ConferenceEvents.Speaker) != 0 ? context.Media.Listen() : null;
        var listening = inputs is null ? null : ListenAsync(room, member, inputs, staying.Token);
        try
        {
            var limit = Task.Delay(dial.TimeLimit, context.Clock, staying.Token);
            var over = Task.WhenAny(listening is null ? [member.Removed.Task, limit] : [member.Removed.Task, limit, listening]);
            // 3. Wait for the beginning.
            if (!await WaitAsync(room, member, over, cancellation))
            {
                _status = "failed";
                return;
            }
            // 4. Stay.
            await over.WaitAsync(cancellation);
        }
        finally
        {
            staying.Cancel();
            context.Live.Buffer(null);
            _recording?.Stop(context.Cause);
            var isUpdated = !context.Live.IsOver && cancellation.IsCancellationRequested;
            room.Leave(
                member, isUpdated ? "participant_updated_via_api" : "participant_hung_up", context.Call.Status.Word(), isKicked: false,
                context.Live.Cause);
            if (listening is not null) await listening;
        }
    }

    /// <summary>eventCallbackUrl is the old way, and nothing where recordingStatusCallback is.</summary>
    private RecordingSpec SpecOf(RecordingAttributes wish) => wish.Spec(context, RecordingSource.Conference) with
    {
        EventCallback = wish.Callback is null && settings.EventCallback is { } written ? context.Absolute(written, 13256) : null,
    };

    /// <summary>
    /// The waiting document once through, then silence, until the conference begins or the member is out; false when the document fails.
    /// </summary>
    private async Task<bool> WaitAsync(ConferenceRoom room, ConferenceMember member, Task over, CancellationToken cancellation)
    {
        while (!member.Started.IsSet && !member.Removed.IsSet)
        {
            var changed = member.WaitingChanged.Task;
            if (!await HearAsync(room, member, Task.WhenAny(member.Started.Task, over, changed), cancellation)) return false;
            if (!changed.IsCompleted) break;
        }
        return true;
    }

    /// <summary>One waiting document, and silence after it, until something happens; false when it fails.</summary>
    private async Task<bool> HearAsync(ConferenceRoom room, ConferenceMember member, Task until, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var music = member.Waiting.Url.Length > 0 ? PlayAsync(room, member.Waiting, waiting.Token) : null;
        try
        {
            if (music is not null && await Task.WhenAny(music, until).WaitAsync(cancellation) == music && await music == SideEnd.Failed)
            {
                return false;
            }
            await until.WaitAsync(cancellation);
            return true;
        }
        finally
        {
            waiting.Cancel();
            if (music is not null) await music;
        }
    }

    private async Task<SideEnd> PlayAsync(ConferenceRoom room, (string Url, string Method) document, CancellationToken cancellation)
    {
        try
        {
            var request = new DocumentRequest.Fetch(document.Url, document.Method, WebhookPurpose.Wait, MemberSound.Facts(room));
            return await new SideRun(context.Services, context.Live, SideRules.Conference, context.Media).RunAsync(request, cancellation);
        }
        catch (OperationCanceledException)
        {
            return SideEnd.RanOut;
        }
    }

    /// <summary>Tells of speech where that was asked for; ends at a star where that hangs up.</summary>
    private async Task ListenAsync(ConferenceRoom room, ConferenceMember member, PartyInputs inputs, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var input = await inputs.NextAsync(Timeout.InfiniteTimeSpan, cancellation);
                if (input is { Key: '*' } && dial.HangsUpOnStar) return;
                if (input is PartyInput.Perceived { What: Perceived.Began { Source: not Media.Score.Source.Keys } })
                {
                    room.Report(ConferenceEvents.Speaker, "participant-speech-start", member, context.Live.Cause);
                }
                else if (input is PartyInput.Perceived { What: Perceived.Ended })
                {
                    room.Report(ConferenceEvents.Speaker, "participant-speech-stop", member, context.Live.Cause);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Out of the room.
        }
    }

    /// <summary>5. After a conference neither DialCallSid nor a duration is told (twilio.com/docs/voice/twiml/dial).</summary>
    private Next Conclude() =>
        string.IsNullOrEmpty(dial.Action) ? Next.Continue : context.Request(dial.Action, dial.Method, WebhookPurpose.Action, Parameters());

    private List<KeyValuePair<string, string>> Parameters() =>
        [new("DialCallStatus", _status), .. _recording?.Record is { } recorded ? context.ParametersOf(recorded) : []];

    /// <summary>The one that goes on by that name or SID; null for none.</summary>
    private ConferenceRoom? Room() => context.Services.Conferences.Find(context.Call.Account, settings.Name);

    /// <summary>Absolute; empty for silence, null for one that cannot be made absolute.</summary>
    private string? WaitUrl() => settings.WaitUrl switch
    {
        null => MusicBuckets.DefaultPlaylist,
        "" => "",
        var url => context.Document.TryResolve(url, out var absolute) ? absolute : null,
    };
}
