using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Conferences;

namespace TwilioEmu.Voice.Recordings;

/// <summary>
/// Records a conference: all its voices in one channel; who asks for two has the
/// first member in one and all others in the other (measured).
/// </summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/twiml/conference#attributes-record: from the instant the first two are joined, to the end of the
/// conference. What is played to one member alone (waiting and hold music, whispers of a coach) is not in the mix, and so not in the
/// recording.
/// </remarks>
internal static class ConferenceRecording
{
    /// <summary>Has the conference recorded, once: the first wish rules (inferred).</summary>
    /// <param name="services">Where it lives.</param>
    /// <param name="call">Whose account pays, and whose call is told of alerts.</param>
    /// <param name="room">What is recorded.</param>
    /// <param name="spec">How, and who is told.</param>
    public static void Ask(CallServices services, Call call, ConferenceRoom room, RecordingSpec spec)
    {
        if (room.IsRecorded) return;
        room.IsRecorded = true;
        services.World.Loop.Start(() => RunAsync(services, call, room, spec));
    }

    private static async Task RunAsync(CallServices services, Call call, ConferenceRoom room, RecordingSpec spec)
    {
        if (await room.Begun.Task.WaitAsync(services.World.Ending) is not (> 0 and var begun)) return;
        Track Heard(string what, Mix mix, PartyId? without)
        {
            var track = new Track(new TrackId($"{room.Record.Sid} {what}"));
            track.Put(new Cue(services.World.Clock.GetUtcNow(), Lanes.Room, new Source.Mixed(mix, without)));
            return track;
        }

        var recording = services.Recordings.Start(
            call, room.Record.Sid, spec, begun, [Heard("recording", room.Mix, null)],
            [Heard("first", room.FirstVoice, null), Heard("others", room.Mix, room.First)]);
        recording.Stop(await room.Over.Task.WaitAsync(services.World.Ending));
    }
}
