using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Voice.Sound;

/// <summary>Writes down what the party of a call hears, says and presses: entries <c>call.*</c> with the CallSid as subject.</summary>
/// <remarks>
/// <c>who</c> is the party's number. An entry stands at the instant the sound begins and carries its full length; <c>call.cut_short</c>
/// tells how much of it was really heard.
/// </remarks>
internal sealed class Transcript(World world, AccountSid account, string callSid, string who, Func<long> cause)
{
    public void Heard(Source sound, TimeSpan from = default) => Tell(TranscriptEntries.Heard, sound, "duration", Known(sound, from), from);

    public void CutShort(Source sound, TimeSpan from, TimeSpan heardFor) =>
        Tell(TranscriptEntries.CutShort, sound, "heard_for", heardFor, from);

    public void Said(Source sound, TimeSpan from = default) => Tell(TranscriptEntries.Said, sound, "duration", Known(sound, from), from);

    public void Pressed(char key) => Write(TranscriptEntries.Pressed, ("who", who), ("digits", key.ToString()));

    public void Write(EntryKind kind, params (string Name, object? Value)[] facts) =>
        world.Journal.Write(account, kind, callSid, cause(), facts);

    /// <summary>Null for what sounds until somebody ends it, such as a ringback: how long nobody knows beforehand.</summary>
    private static TimeSpan? Known(Source sound, TimeSpan from) => sound.Takes is null ? null : Sounds.Length(sound, from);

    private void Tell(EntryKind kind, Source sound, string measure, TimeSpan? length, TimeSpan from) =>
        Write(
            kind,
            [
                ("who", who), ("kind", Sounds.Kind(sound)), ("words", Sounds.Caption(sound, from)),
                .. length is { } known ? new (string, object?)[] { (measure, known) } : [],
            ]);
}
