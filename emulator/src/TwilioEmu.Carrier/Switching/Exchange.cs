using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Switching;

/// <summary>Maps a dialled address to what is at its end: an emulator number, or else a line of the carrier's own.</summary>
/// <remarks>
/// Loop-confined. Numbers are attached by the product that owns them. Lines come from providers, asked in the order of their
/// <see cref="LineRank"/>; simulated phones are the last and have every number that nobody else has.
/// </remarks>
public sealed class Exchange
{
    // Numbers that a warning names; of a great many none is sorted out.
    private const int MostNamed = 3;
    private const int MostSorted = 1_000;

    private readonly World _world;
    private readonly Func<string, IMessageLine> _messageLineOf;
    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);
    private readonly List<(LineRank Rank, ILineProvider Provider)> _providers = [];
    private readonly List<IMessageRoutes> _routes = [];
    private IInboundTexts? _texts;
    private IInboundCalls? _calls;
    private long _legCount;

    /// <summary>An exchange whose own numbers can be called; more lines are attached.</summary>
    public Exchange(World world, Func<string, IMessageLine> messageLineOf)
    {
        (_world, _messageLineOf) = (world, messageLineOf);
        Subscribers = new Subscribers(world);
        Studio = new Studio(world.Options.MaxSoundBytes);
        Attach(LineRank.Numbers, new TieLines(world, this));
    }

    /// <summary>What turns the tracks of this world's legs into sound.</summary>
    public Studio Studio { get; }

    /// <summary>What the parties of calls say and hear.</summary>
    public CallSounds CallSounds { get; } = new();

    /// <summary>The numbers that real phones may register as.</summary>
    public Subscribers Subscribers { get; }

    /// <summary>The addresses the emulator owns, in ordinal order.</summary>
    public IReadOnlyList<string> Numbers => [.. _numbers.Order(StringComparer.Ordinal)];

    /// <summary>Whether the phone of a number was mentioned, real or simulated.</summary>
    public bool KnowsPhone(string number) => Subscribers.Has(number) || HasPhone(number);

    /// <summary>Whether a simulated phone was mentioned; by who has them.</summary>
    internal Func<string, bool> HasPhone { get; set; } = static _ => false;

    /// <summary>That nobody owns a number, and how it would be owned.</summary>
    public string Unowned(string number) => $"nobody in this world owns {number}; {CureOfUnowned(number)}";

    /// <summary>What there is in place of a number that nobody owns, and how it would be owned: the second half of a warning.</summary>
    public string CureOfUnowned(string number)
    {
        var has = _numbers.Count switch
        {
            0 => "it has none",
            > MostSorted => string.Create(CultureInfo.InvariantCulture, $"it has {_numbers.Count} others"),
            > MostNamed => $"it has {string.Join(", ", Numbers.Take(MostNamed))}, ...",
            _ => $"it has {string.Join(", ", Numbers)}",
        };
        return $"{has}: buy {number} by the API, or add it under numbers:";
    }

    /// <summary>Hands down the mailbox for texts to emulator numbers.</summary>
    public void Attach(IInboundTexts texts) => _texts = texts;

    /// <summary>Hands down the mailbox for calls to emulator numbers, and to whatever else lines bring.</summary>
    public void Attach(IInboundCalls calls) => _calls = calls;

    /// <summary>Adds a kind of line; of equal rank the first attached is asked first.</summary>
    public void Attach(LineRank rank, ILineProvider provider)
    {
        var at = _providers.FindIndex(p => p.Rank > rank);
        _providers.Insert(at < 0 ? _providers.Count : at, (rank, provider));
    }

    /// <summary>Adds who knows lines for texts; asked in the order they were added, before phones are.</summary>
    public void Attach(IMessageRoutes routes) => _routes.Add(routes);

    /// <summary>From now on the address belongs to the emulator.</summary>
    public void AddNumber(string address) => _numbers.Add(address);

    /// <summary>The address is the carrier's again.</summary>
    public void RemoveNumber(string address) => _numbers.Remove(address);

    /// <summary>True for an address that the emulator owns.</summary>
    public bool IsNumber(string address) => _numbers.Contains(address);

    /// <summary>The product's mailbox when the address is the emulator's and texts are taken there, else null.</summary>
    public IInboundTexts? TextsTo(string address) => IsNumber(address) ? _texts : null;

    /// <summary>The product's mailbox when the address is the emulator's and calls are taken there, else null.</summary>
    public IInboundCalls? CallsTo(string address) => IsNumber(address) ? _calls : null;

    /// <summary>The product's mailbox for calls that a line brings to what is no number: a SIP domain, a TwiML App.</summary>
    public IInboundCalls? Calls => _calls;

    /// <summary>What takes the texts to an address.</summary>
    public IMessageLine MessageLine(string address)
    {
        if (TextsTo(address) is { } texts) return new NumberLine(_world, texts);
        foreach (var routes in _routes)
        {
            if (routes.Find(address) is { } line) return line;
        }
        return _messageLineOf(address);
    }

    /// <summary>The line of an address; null when nobody has one: no such phone, nobody registered.</summary>
    public IVoiceLine? VoiceLine(PartyAddress address)
    {
        foreach (var (_, provider) in _providers)
        {
            if (provider.Find(address) is { } line) return line;
        }
        return null;
    }

    /// <summary>True when some provider has addresses of this kind.</summary>
    public bool Serves(AddressKind kind) => _providers.Any(p => p.Provider.Serves(kind));

    /// <summary>Tracks for a new leg, with names unique in this world.</summary>
    public LegTracks NewTracks()
    {
        var number = ++_legCount;
        return new LegTracks(new Track(new TrackId($"leg{number}.from")), new Track(new TrackId($"leg{number}.to")));
    }
}
