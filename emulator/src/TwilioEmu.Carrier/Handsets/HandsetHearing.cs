using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Carrier.Codes;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>What a phone hears in one call, told to its owner's ear, to its memory, and to who looks for one-time codes.</summary>
/// <remarks>
/// Loop-confined. Who waits for words, or for the end of a code, hears in time; else what was heard is told when somebody asks for it, or
/// at the end: in a conference most of it is nobody's concern.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "Stop, at the end of the leg, disposes what it owns.")]
internal sealed class HandsetHearing
{
    private readonly World _world;
    private readonly Handset _phone;
    private readonly HandsetLeg _leg;
    private readonly SpokenCodes _known;
    private readonly CodeEar _codes;
    private Listener? _listener;

    public HandsetHearing(World world, Handset phone, HandsetLeg leg, SpokenCodes known)
    {
        (_world, _phone, _leg, _known) = (world, phone, leg, known);
        Ear = new HandsetEar(world, () => _listener?.CatchUpBefore(), Attend);
        _codes = new CodeEar(world, KnowCode);
    }

    public HandsetEar Ear { get; }

    /// <summary>Hears what is on the leg from now on.</summary>
    public void Begin()
    {
        if (_listener is null) _phone.Recalling += Recall;
        _listener = new Listener(_leg.ToParty, _world.Clock.For("the phone listens"), Hear, _world.Loop.Post)
        {
            WantsWords = false,
            Matters = put => put is Source.Words words && _known.IsIn(words.Text),
        };
        Attend();
    }

    /// <summary>Hears nothing from now on; what came to an end with it counts as heard first.</summary>
    /// <param name="tell">Told between what was heard and the silence: who looks at what was heard last.</param>
    public void Stop(Action? tell = null)
    {
        _listener?.CatchUpBefore();
        _listener?.Dispose();
        tell?.Invoke();
        Ear.Silence();
        _codes.End();
    }

    /// <summary>The call is over.</summary>
    public void End(Action tell)
    {
        Stop(tell);
        _phone.Recalling -= Recall;
    }

    private void Attend()
    {
        if (_listener is { } listener) listener.IsAtEase = !Ear.IsListening && !_codes.IsListening;
    }

    private void Recall() => _listener?.CatchUp();

    private void Hear(Perceived perceived)
    {
        Ear.Take(perceived);
        if (perceived is Perceived.Ended ended) _codes.End(ended.Number);
        if (perceived is Perceived.Began began)
        {
            var sound = _leg.Sound(began.At, began.Source, began.From);
            _phone.RememberHeard(sound);
            // Words that have a code are told in time.
            if (began.Source is Source.Words && began.At == _world.Clock.GetUtcNow()) _codes.Begin(began.Number, sound);
        }
        Attend();
    }

    private void KnowCode(HandsetSound sound)
    {
        _phone.HearCode(sound, _leg.Cause);
        Attend();
    }
}
