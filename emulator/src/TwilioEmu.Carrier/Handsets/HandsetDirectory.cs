using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>All phones of a world, by number; a phone is made when first mentioned.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class HandsetDirectory
{
    private readonly World _world;
    private readonly Dictionary<string, Handset> _phones = new(StringComparer.Ordinal);

    public HandsetDirectory(World world)
    {
        _world = world;
        Exchange = new Exchange(world, Of, VoiceLineOf);
    }

    /// <summary>Where these phones dial and text.</summary>
    public Exchange Exchange { get; }

    /// <summary>The phone of a number.</summary>
    public Handset Of(string number)
    {
        if (_phones.TryGetValue(number, out var phone)) return phone;
        phone = new Handset(_world, number);
        _phones.Add(number, phone);
        return phone;
    }

    /// <summary>Says how a phone behaves from now on.</summary>
    public void Configure(string number, HandsetBehaviour behaviour)
    {
        Of(number).Behaviour = behaviour;
        _world.Journal.Write(AccountSid.None, "handset.configured", number, 0, ("pick_up", behaviour.PickUp.ToString()), ("texts", behaviour.Texts.Outcome.ToString()));
    }

    /// <summary>A phone texts somebody.</summary>
    /// <returns>The MessageSid when the emulator took it, else null: it went to another phone.</returns>
    public string? Text(string from, string to, string body, IReadOnlyList<string> mediaUrls)
    {
        var sent = _world.Journal.Write(AccountSid.None, "handset.texted", from, 0, ("to", to), ("body", body), ("media_urls", mediaUrls));
        var message = new TextMessage(AccountSid.None, "", from, to, body, mediaUrls, sent.Seq);
        var sid = Exchange.TextsTo(to)?.Receive(message);
        if (sid is null && !Exchange.IsNumber(to)) Of(to).Keep(message);
        Of(from).Remember(new HandsetText(sent.At, sid ?? "", from, to, body, mediaUrls));
        return sid;
    }

    private static IVoiceLine VoiceLineOf(string number) => throw new NotImplementedException($"voice lines are under construction ({number})");
}
