using TwilioEmu.Carrier.Mail;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>All phones of a world, by number; a phone is made when first mentioned.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class HandsetDirectory
{
    private readonly World _world;
    private readonly HandsetRules _rules = new();
    private readonly LegRegister _legs = new();
    private readonly RememberedPhones _phones;

    public HandsetDirectory(World world)
    {
        _world = world;
        _phones = new RememberedPhones(world, _rules, _legs);
        Exchange = new Exchange(world, _phones.MessageLineOf);
        Exchange.Attach(LineRank.Phones, new Lines(this));
        Exchange.HasPhone = _phones.Has;
        Mail = new Mailboxes(world);
    }

    /// <summary>Where these phones dial and text.</summary>
    public Exchange Exchange { get; }

    /// <summary>The mailboxes of the phones' owners and of everybody else.</summary>
    public Mailboxes Mail { get; }

    /// <summary>Phones that were mentioned, the first one first.</summary>
    /// <remarks>To be looked at: who is to do something is asked for by <see cref="Of"/>.</remarks>
    public IEnumerable<Handset> All => _phones.All;

    /// <summary>Every phone's end of every call that goes on.</summary>
    public IEnumerable<HandsetLeg> Legs => _legs.All;

    /// <summary>The phone of a number.</summary>
    public Handset Of(string number) => _phones.Of(number);

    /// <summary>The phones that take part in a call now: those that dialled it or were placed for it.</summary>
    public IReadOnlyList<HandsetLeg> LegsOf(string callSid) => _legs.Of(callSid);

    /// <summary>The calls a phone takes part in now.</summary>
    public IReadOnlyList<HandsetLeg> LegsAt(string number) => _legs.At(number);

    /// <summary>
    /// Says how a phone behaves from now on, or with <c>+1415*</c> all phones whose numbers begin so and that were told nothing of their
    /// own.
    /// </summary>
    public void Configure(string number, HandsetBehaviour behaviour)
    {
        if (number.EndsWith(HandsetRules.Any)) _rules.Set(number, behaviour);
        else Of(number).Behaviour = behaviour;
        _world.Journal.Write(
            AccountSid.None, HandsetEntries.Configured, number, 0, ("pick_up", behaviour.PickUp.Word()),
            ("texts", behaviour.Texts.Outcome.Word()));
    }

    /// <summary>A phone texts somebody; on a channel where <paramref name="to"/> is a channel's address.</summary>
    /// <param name="from">The phone.</param>
    /// <param name="to">Number, short code, or a channel's address.</param>
    /// <param name="body">Its words.</param>
    /// <param name="mediaUrls">What goes with it.</param>
    /// <param name="act">What its owner does instead of writing; null for a text that is written.</param>
    /// <param name="cause">Seq of the entry it follows from; 0 for none.</param>
    /// <returns>The MessageSid when the emulator took it, else null: it went to another phone.</returns>
    public string? Text(string from, string to, string body, IReadOnlyList<string> mediaUrls, RichAct? act = null, long cause = 0)
    {
        body = act?.Body ?? body;
        var phone = Of(from);
        var sent = act is null
            ? _world.Journal.Write(
                AccountSid.None, HandsetEntries.Texted, from, cause, ("to", to), ("body", body), ("media_urls", mediaUrls))
            : _world.Journal.Write(
                AccountSid.None, HandsetEntries.Texted, from, cause, ("to", to), ("body", body), ("media_urls", mediaUrls),
                ("act", act.ToString()));
        var channel = ChannelAddress.ChannelOf(to);
        var message = new TextMessage(AccountSid.None, "", ChannelAddress.Of(from, channel), to, body, mediaUrls, sent.Seq)
        {
            Act = act,
            ProfileName = channel is null
                ? null : phone.Behaviour.Name ?? phone.Behaviour.UserName ?? ChannelAddress.Bare(from).TrimStart('+'),
            UserName = channel == ChannelAddress.WhatsApp ? phone.Behaviour.UserName : null,
        };
        // Who writes in a chat has it open.
        if (channel is not null) phone.Open(to);
        var sid = Exchange.TextsTo(to)?.Receive(message);
        if (sid is null && !Exchange.IsNumber(to))
        {
            // Most often a slip: the test means a number of the app's, and no account has it.
            _world.Journal.Warn(
                AccountSid.None, from, sent.Seq, $"{to} was texted, and nobody in this world owns it; {Exchange.CureOfUnowned(to)}");
            Of(ChannelAddress.PhoneOf(to)).Keep(message);
        }
        phone.Remember(new HandsetText(sent.At, sid ?? "", message.From, to, body, mediaUrls));
        return sid;
    }

    /// <summary>What a phone's owner does comes to; null where the phone shows no such thing.</summary>
    /// <param name="from">The phone.</param>
    /// <param name="to">Whom it answers.</param>
    /// <param name="deed">What is done.</param>
    /// <param name="fault">Why not.</param>
    public RichAct? ActOf(string from, string to, TextDeed deed, out string? fault)
    {
        fault = null;
        if (ChannelAddress.ChannelOf(to) is not null) return deed.On(Of(from), to, out fault);
        fault = $"{to} is texted by SMS, which has no buttons, lists and places: write to whatsapp:{to} or an RCS agent";
        return null;
    }

    /// <summary>What a call to a number that nobody owns would be, and how somebody would own it.</summary>
    public string FromPhoneToPhone(string to) => $"a call from phone to phone: {Exchange.Unowned(to)}";

    /// <summary>A phone dials somebody.</summary>
    /// <param name="from">The phone.</param>
    /// <param name="to">A number of the emulator; or a TwiML App, <c>app:AP...</c>, which an app's own phone dials.</param>
    /// <param name="script">What its owner does; null for what the phone's behaviour says, empty to listen.</param>
    /// <param name="parameters">Sent to a TwiML App (<c>device.connect({ params })</c>); null for none.</param>
    /// <param name="marks">What the carriers on the way say of the call; null for nothing.</param>
    /// <returns>
    /// The CallSid when the call is taken, else null: the number takes no calls, or it is another simulated phone's (such calls
    /// are not emulated, and the journal says so). A real phone is connected by the carrier, under a name that no account knows.
    /// </returns>
    public string? Dial(
        string from, string to, IReadOnlyList<ScriptStep>? script, IReadOnlyList<KeyValuePair<string, string>>? parameters = null,
        CarrierMarks? marks = null)
    {
        (string Name, object? Value)[] facts =
        [
            ("to", to), ("parameters", parameters), ("forwarded_from", marks?.ForwardedFrom), ("stir_verstat", marks?.StirVerstat),
        ];
        var dialled = _world.Journal.Write(AccountSid.None, HandsetEntries.Dialled, from, 0, [.. facts.Where(f => f.Value is not null)]);
        var callee = PartyAddress.Read(to);
        if ((callee.Kind == AddressKind.App ? Exchange.Calls : Exchange.CallsTo(to)) is not { } calls)
        {
            if (Exchange.Subscribers.Has(to) && Exchange.VoiceLine(callee) is { } line)
            {
                return DialPhone(from, callee, script, dialled.Seq, line);
            }
            // Told once: what is missing is the number, most often, and the call between phones what would be there without it.
            _world.Journal.Write(
                AccountSid.None, WorldEntries.NotEmulated, from, dialled.Seq, ("what", FromPhoneToPhone(to)));
            return null;
        }
        var phone = Of(from);
        phone.IsRegistered = true;
        var leg = new HandsetLeg(_world, phone, to, LegState.Dialling, Exchange.NewTracks(), _legs, script ?? phone.Behaviour.Script)
        {
            Cause = dialled.Seq,
            Studio = Exchange.Studio,
        };
        var offer = new CallOffer(AccountSid.None, "", leg.Address, callee, dialled.Seq)
        {
            Parameters = parameters ?? [],
            Marks = marks ?? CarrierMarks.None,
            // The app gets what the page gave as To (twilio.com/docs/voice/sdks/javascript).
            ShownTo = callee.Kind == AddressKind.App ? parameters?.LastOrDefault(p => p.Key == "To").Value ?? "" : null,
        };
        leg.CallSid = calls.Receive(leg, offer, out var owner);
        leg.Attach(owner);
        _world.Loop.Start(leg.DialAsync);
        return leg.CallSid.Length == 0 ? null : leg.CallSid;
    }

    /// <summary>The number of a real phone: the carrier connects the two, and no app takes part.</summary>
    private string DialPhone(string from, PartyAddress callee, IReadOnlyList<ScriptStep>? script, long cause, IVoiceLine line)
    {
        var phone = Of(from);
        var leg = new HandsetLeg(
            _world, phone, callee.Value, LegState.Dialling, Exchange.NewTracks(), _legs, script ?? phone.Behaviour.Script)
        {
            Cause = cause,
            Studio = Exchange.Studio,
            CallSid = _world.Sids.New("CA"),
        };
        var between = new PhoneCall(_world, Exchange, leg);
        leg.Attach(between);
        between.Begin(line, new CallOffer(AccountSid.None, leg.CallSid, leg.Address, callee, cause));
        _world.Loop.Start(leg.DialAsync);
        return leg.CallSid;
    }

    /// <summary>Whoever has no other line has a phone: numbers, SIMs, the apps' own clients, WhatsApp on a phone.</summary>
    private sealed class Lines(HandsetDirectory phones) : ILineProvider
    {
        public bool Serves(AddressKind kind) =>
            kind is AddressKind.Client or AddressKind.Sim or AddressKind.WhatsApp || new PartyAddress(kind, "").IsNumber;

        public IVoiceLine? Find(PartyAddress address)
        {
            if (!Serves(address.Kind)) return null;
            var phone = phones.Of(address.Kind == AddressKind.WhatsApp ? address.Value : address.ToString());
            return new HandsetLine(phones._world, phone, phones.Exchange, phones._legs);
        }
    }
}
