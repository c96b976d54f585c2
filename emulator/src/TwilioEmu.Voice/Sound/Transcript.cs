using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Voice.Sound;

/// <summary>Writes down what the party of a call hears, says and presses: entries <c>call.*</c> with the CallSid as subject.</summary>
/// <remarks>
/// <c>who</c> is the party's number. An entry stands at the instant the sound begins and carries its full length; <c>call.cut_short</c>
/// tells how much of it was really heard.
/// </remarks>
internal sealed class Transcript(World world, AccountSid account, string callSid, string who, Func<long> cause)
{
    public void Heard(Utterance u) => Write("call.heard", ("who", who), ("kind", u.Kind.Word()), ("words", u.Caption), ("duration", u.Duration));

    public void CutShort(Utterance u, TimeSpan heardFor) =>
        Write("call.cut_short", ("who", who), ("kind", u.Kind.Word()), ("words", u.Caption), ("heard_for", heardFor));

    public void Said(Utterance u) => Write("call.said", ("who", who), ("kind", u.Kind.Word()), ("words", u.Caption), ("duration", u.Duration));

    public void Pressed(char key) => Write("call.pressed", ("who", who), ("digits", key.ToString()));

    public void Write(string kind, params (string Name, object? Value)[] facts) => world.Journal.Write(account, kind, callSid, cause(), facts);
}
