using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Sound;

/// <summary>Writes down what the party of a call hears, says and presses: entries <c>call.*</c> with the CallSid as subject.</summary>
/// <remarks>
/// <c>who</c> is the party's number. An entry stands at the instant the sound begins and carries its full length; <c>call.cut_short</c>
/// tells how much of it was really heard.
/// </remarks>
internal sealed class Transcript(World world, AccountSid account, string callSid, string who, Func<long> cause)
{
    public void Heard(Utterance u) => Write(TranscriptEntries.Heard, ("who", who), ("kind", u.Kind.Word()), ("words", u.Caption), ("duration", u.Duration));

    public void CutShort(Utterance u, TimeSpan heardFor) =>
        Write(TranscriptEntries.CutShort, ("who", who), ("kind", u.Kind.Word()), ("words", u.Caption), ("heard_for", heardFor));

    public void Said(Utterance u) => Write(TranscriptEntries.Said, ("who", who), ("kind", u.Kind.Word()), ("words", u.Caption), ("duration", u.Duration));

    public void Pressed(char key) => Write(TranscriptEntries.Pressed, ("who", who), ("digits", key.ToString()));

    public void Write(EntryKind kind, params (string Name, object? Value)[] facts) => world.Journal.Write(account, kind, callSid, cause(), facts);
}
