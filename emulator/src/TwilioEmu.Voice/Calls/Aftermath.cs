using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Voice.Callbacks;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Calls;

/// <summary>Ends what an earlier process left going on: a call lives in its process, and cannot be taken up by another.</summary>
/// <remarks>
/// Loop-confined; once. Calls end as failed, after an entry that says why, and who asked for their
/// end is told of it; conferences end as completed, recordings as absent, and nobody is told.
/// </remarks>
internal sealed class Aftermath(World world, StatusReporter reporter)
{
    private const string Why = "the emulator was stopped or killed while this went on";

    public void Run()
    {
        foreach (var (account, call) in Open(Call.Table))
        {
            var now = world.Clock.GetUtcNow();
            var cause = world.Journal.Write(
                account, CallEntries.Interrupted, call.Sid, 0, ("status", call.Status.Word()), ("why", Why)).Seq;
            var failed = call with { Status = CallStatus.Failed, EndTime = now, DateUpdated = now };
            var end = world.Store.Put(Call.Table, account, failed, CallEntries.Failed, cause);
            if (CallNotes.Take(world, call.Sid) is var (instructions, count))
            {
                reporter.Report(failed, instructions, count, null, null, end.Seq, null);
            }
        }
        foreach (var (account, conference) in Open(Conference.Table))
        {
            var ended = conference with
            {
                Status = ConferenceStatus.Completed,
                Updated = world.Clock.GetUtcNow(),
                Reason = "conference-ended-via-api",
            };
            world.Store.Put(Conference.Table, account, ended, ConferenceEntries.Ended, 0);
        }
        foreach (var (account, recording) in Open(Recording.Table))
        {
            world.Store.Put(
                Recording.Table, account, recording with { Status = RecordingStatus.Absent, DateUpdated = world.Clock.GetUtcNow() },
                RecordingEntries.Absent, 0);
        }
        foreach (var (account, transcription) in Open(Transcription.Table))
        {
            world.Store.Put(
                Transcription.Table, account,
                transcription with { Status = TranscriptionStatus.Failed, DateUpdated = world.Clock.GetUtcNow() },
                TranscriptionEntries.Failed, 0);
        }
    }

    private List<(AccountSid Account, T Record)> Open<T>(Kernel.Store.TableKey<T> key)
        where T : class, Kernel.Store.IRecord =>
        [.. world.Store.OwnersOf(key.Name).SelectMany(a => world.Store.Table(key, a).Unsettled().Select(r => (a, r)))];
}
