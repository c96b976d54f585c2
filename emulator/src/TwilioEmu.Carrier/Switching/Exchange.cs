using TwilioEmu.Kernel;

namespace TwilioEmu.Carrier.Switching;

/// <summary>Maps a dialled address to what is at its end: an emulator number, or else a line of the carrier's own.</summary>
/// <remarks>Loop-confined. Numbers are attached by the product that owns them; every other address is a handset's.</remarks>
public sealed class Exchange(World world, Func<string, IMessageLine> messageLineOf, Func<string, IVoiceLine> voiceLineOf)
{
    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);
    private IInboundTexts? _texts;
    private IInboundCalls? _calls;

    /// <summary>Hands down the mailbox for texts to emulator numbers.</summary>
    public void Attach(IInboundTexts texts) => _texts = texts;

    /// <summary>Hands down the mailbox for calls to emulator numbers.</summary>
    public void Attach(IInboundCalls calls) => _calls = calls;

    /// <summary>From now on the address belongs to the emulator.</summary>
    public void AddNumber(string address) => _numbers.Add(address);

    /// <summary>The address is the carrier's again.</summary>
    public void RemoveNumber(string address) => _numbers.Remove(address);

    /// <summary>True for an address that the emulator owns.</summary>
    public bool IsNumber(string address) => _numbers.Contains(address);

    /// <summary>The addresses the emulator owns, in ordinal order.</summary>
    public IReadOnlyList<string> Numbers => [.. _numbers.Order(StringComparer.Ordinal)];

    /// <summary>The product's mailbox when the address is the emulator's and texts are taken there, else null.</summary>
    public IInboundTexts? TextsTo(string address) => IsNumber(address) ? _texts : null;

    /// <summary>The product's mailbox when the address is the emulator's and calls are taken there, else null.</summary>
    public IInboundCalls? CallsTo(string address) => IsNumber(address) ? _calls : null;

    /// <summary>What takes the texts to an address.</summary>
    public IMessageLine MessageLine(string address) => TextsTo(address) is { } texts ? new NumberLine(world, texts) : messageLineOf(address);

    /// <summary>The carrier's own line of an address that is not the emulator's.</summary>
    public IVoiceLine VoiceLine(string address) => voiceLineOf(address);
}
