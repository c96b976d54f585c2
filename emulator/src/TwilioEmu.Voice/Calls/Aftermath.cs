using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Calls;

/// <summary>Ends what an earlier process left going on: a call lives in its process, and cannot be taken up by another.</summary>
/// <remarks>
/// Loop-confined; once. Calls end as failed, conferences as completed, recordings as absent, each after an entry that says why. Nobody is told by webhook: where a
/// call's callbacks go was known to the call alone.
/// </remarks>
internal sealed class Aftermath(World world)
{
    private const string Why = "the emulator was stopped or killed while this went on";

    public void Run()
    {
        foreach (var (account, call) in Open<Call>(Call.Table, c => !c.IsSettled))
        {
            var now = world.Clock.GetUtcNow();
            var cause = world.Journal.Write(account, CallEntries.Interrupted, call.Sid, 0, ("status", call.Status.Word()), ("why", Why)).Seq;
            world.Store.Put(Call.Table, account, call with { Status = CallStatus.Failed, EndTime = now, DateUpdated = now }, CallEntries.Failed, cause);
        }
        foreach (var (account, conference) in Open<Conference>(Conference.Table, c => !c.IsSettled))
        {
            var ended = conference with { Status = ConferenceStatus.Completed, Updated = world.Clock.GetUtcNow(), Reason = "conference-ended-via-api" };
            world.Store.Put(Conference.Table, account, ended, ConferenceEntries.Ended, 0);
        }
        foreach (var (account, recording) in Open<Recording>(Recording.Table, r => !r.IsSettled))
        {
            world.Store.Put(Recording.Table, account, recording with { Status = RecordingStatus.Absent, DateUpdated = world.Clock.GetUtcNow() }, RecordingEntries.Absent, 0);
        }
        foreach (var (account, transcription) in Open<Transcription>(Transcription.Table, t => !t.IsSettled))
        {
            world.Store.Put(Transcription.Table, account, transcription with { Status = TranscriptionStatus.Failed, DateUpdated = world.Clock.GetUtcNow() }, TranscriptionEntries.Failed, 0);
        }
    }

    private List<(AccountSid Account, T Record)> Open<T>(Kernel.Store.TableKey<T> key, Func<T, bool> isOpen)
        where T : class, Kernel.Store.IRecord =>
        [.. world.Store.OwnersOf(key.Name).SelectMany(a => world.Store.Table(key, a).OldestFirst().Where(isOpen).Select(r => (a, r)))];
}
