namespace TwilioEmu.Voice.Detection;

/// <summary>What a called line lets hear, as far as detection goes.</summary>
internal enum LineSound
{
    /// <summary>Words, or a recording of some.</summary>
    Speech,

    /// <summary>The beep of a voicemail.</summary>
    Beep,

    /// <summary>A fax answers, or calls.</summary>
    Fax,

    /// <summary>Tones of the network: not in service, busy. They count as a machine.</summary>
    Network,
}

/// <summary>The rules of machine detection as a state machine without a clock of its own.</summary>
/// <remarks>
/// twilio.com/docs/voice/answering-machine-detection.
/// <code>
/// silent    x speech         -> speaking, due = now + SpeechThreshold
/// silent    x due            -> unknown                                  (SilenceTimeout)
/// speaking  x speech ends    -> paused, due = now + SpeechEndThreshold
/// speaking  x due            -> machine
/// paused    x speech         -> speaking, due = begin of the words + SpeechThreshold
/// paused    x due            -> human
/// any       x fax            -> fax
/// any       x beep, network  -> machine
/// machine   (Enable)         -> machine_start
/// machine   x beep ends      -> machine_end_beep
/// machine   x speech ends    -> due = now + SpeechEndThreshold;  x due -> machine_end_silence
/// any       x Timeout        -> unknown; of a machine machine_end_other
/// </code>
/// </remarks>
internal sealed class MachineDetector(MachineDetection wanted, DateTimeOffset answered)
{
    private readonly DateTimeOffset _limit = answered + wanted.Timeout;
    private DateTimeOffset _due = answered + wanted.SilenceTimeout;
    private DateTimeOffset _speechBegan;
    private Phase _phase = Phase.Silent;

    private enum Phase
    {
        Silent,
        Speaking,
        Paused,
        Machine,
    }

    /// <summary><c>human</c>, <c>machine_start</c>, <c>machine_end_beep</c>, ...; null until it is known.</summary>
    public string? Result { get; private set; }

    /// <summary>When it is to be looked at again.</summary>
    public DateTimeOffset Due => _due < _limit ? _due : _limit;

    /// <summary>A sound began.</summary>
    public void Began(LineSound sound, DateTimeOffset now)
    {
        if (Result is not null) return;
        switch (sound)
        {
            case LineSound.Fax: Result = "fax"; break;
            case LineSound.Beep or LineSound.Network: BecomeMachine(); break;
            case LineSound.Speech when _phase == Phase.Machine: _due = DateTimeOffset.MaxValue; break;
            case LineSound.Speech:
                if (_phase == Phase.Silent) _speechBegan = now;
                _phase = Phase.Speaking;
                _due = _speechBegan + wanted.SpeechThreshold;
                break;
        }
    }

    /// <summary>A sound is over.</summary>
    public void Ended(LineSound sound, DateTimeOffset now)
    {
        if (Result is not null) return;
        if (_phase == Phase.Machine && sound == LineSound.Beep) Result = "machine_end_beep";
        else if (_phase is Phase.Machine or Phase.Speaking)
        {
            if (_phase == Phase.Speaking) _phase = Phase.Paused;
            _due = now + wanted.SpeechEndThreshold;
        }
    }

    /// <summary>Looks whether something is due.</summary>
    public void Look(DateTimeOffset now)
    {
        if (Result is not null) return;
        if (now >= _limit) Result = _phase == Phase.Machine ? "machine_end_other" : "unknown";
        else if (now >= _due)
        {
            switch (_phase)
            {
                case Phase.Silent: Result = "unknown"; break;
                case Phase.Speaking: BecomeMachine(); break;
                case Phase.Paused: Result = "human"; break;
                case Phase.Machine: Result = "machine_end_silence"; break;
            }
        }
    }

    private void BecomeMachine()
    {
        _phase = Phase.Machine;
        _due = DateTimeOffset.MaxValue;
        if (!wanted.WaitsForEnd) Result = "machine_start";
    }
}
