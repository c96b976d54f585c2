using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What one party of a call says and hears, as scores, and when.</summary>
/// <param name="callSid">The call it is the party of.</param>
/// <param name="parentSid">The call that dialled it; null for none.</param>
/// <param name="party">Its number, or address.</param>
/// <param name="fromParty">What it says.</param>
/// <param name="toParty">What it hears.</param>
/// <param name="began">When its leg was made.</param>
public sealed class PartySound(string callSid, string? parentSid, string party, Track fromParty, Track toParty, DateTimeOffset began)
{
    public string CallSid => callSid;

    public string? ParentSid => parentSid;

    public string Party => party;

    public Track FromParty => fromParty;

    public Track ToParty => toParty;

    /// <summary>When it was answered, or, before, when its leg was made: where its sound begins.</summary>
    public DateTimeOffset Began { get; private set; } = began;

    /// <summary>When it was over; null while it goes on.</summary>
    public DateTimeOffset? Ended { get; internal set; }

    /// <summary>It is answered: what is heard counts from now.</summary>
    public void Answer(DateTimeOffset at) => Began = at;
}

/// <summary>What the parties of calls say and hear: of those that go on, and of the last that ended.</summary>
/// <remarks>Loop-confined. It holds scores and no samples; a track lives as long as it is named, so ended calls are few.</remarks>
public sealed class CallSounds
{
    /// <summary>Ended calls whose sound is kept.</summary>
    public const int MaxEnded = 200;

    private readonly Dictionary<string, PartySound> _byCall = new(StringComparer.Ordinal);
    private readonly Queue<PartySound> _ended = [];

    /// <summary>A call has a party.</summary>
    public void Enter(PartySound sound) => _byCall[sound.CallSid] = sound;

    /// <summary>Its call is over.</summary>
    public void End(PartySound sound, DateTimeOffset at)
    {
        if (sound.Ended is not null) return;
        sound.Ended = at;
        _ended.Enqueue(sound);
        while (_ended.Count > MaxEnded)
        {
            var oldest = _ended.Dequeue();
            if (_byCall.TryGetValue(oldest.CallSid, out var kept) && kept == oldest) _byCall.Remove(oldest.CallSid);
        }
    }

    /// <summary>
    /// The party of a call, then those of the calls it dialled, of the one that dialled it, and of the others that one dialled;
    /// empty for an unknown call.
    /// </summary>
    public IReadOnlyList<PartySound> Of(string callSid)
    {
        if (!_byCall.TryGetValue(callSid, out var own)) return [];
        var family = own.ParentSid ?? callSid;
        return
        [
            own,
            .. _byCall.Values
                .Where(s => s != own && (s.CallSid == family || s.ParentSid == family || s.ParentSid == callSid))
                .OrderBy(s => s.Began)
                .ThenBy(s => s.CallSid, StringComparer.Ordinal),
        ];
    }
}
