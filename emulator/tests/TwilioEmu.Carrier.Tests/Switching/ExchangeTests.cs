using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Carrier.Tests.Switching;

public sealed class ExchangeTests : IAsyncLifetime
{
    private readonly World _world = new(new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart });
    private Exchange _exchange = null!;

    public async ValueTask InitializeAsync() =>
        await _world.Loop.RunAsync(() => _exchange = new HandsetDirectory(_world).Exchange, default);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Providers_are_asked_by_rank_whenever_they_were_attached()
    {
        var (trunk, registration) = (new Provider(AddressKind.E164), new Provider(AddressKind.E164));
        _exchange.Attach(LineRank.Trunks, trunk);
        _exchange.Attach(LineRank.Registrations, registration);
        _exchange.VoiceLine(PartyAddress.Read("+14155550111")).Should().BeSameAs(registration);
        registration.IsThere = false;
        _exchange.VoiceLine(PartyAddress.Read("+14155550111")).Should().BeSameAs(trunk);
        trunk.IsThere = false;
        _exchange.VoiceLine(PartyAddress.Read("+14155550111")).Should().NotBeNull("a phone has every number that nobody else has");
    }

    [Fact]
    public void An_address_that_nobody_serves_is_told_from_one_where_nobody_is()
    {
        var alice = PartyAddress.Read("sip:alice@b.test");
        (_exchange.VoiceLine(alice), _exchange.Serves(AddressKind.Sip)).Should().Be((null, false));
        _exchange.Attach(LineRank.Registrations, new Provider(AddressKind.Sip) { IsThere = false });
        (_exchange.VoiceLine(alice), _exchange.Serves(AddressKind.Sip)).Should().Be((null, true));
    }

    private sealed class Provider(AddressKind kind) : ILineProvider, IVoiceLine
    {
        public bool IsThere { get; set; } = true;

        public bool Serves(AddressKind asked) => asked == kind;

        public IVoiceLine? Find(PartyAddress address) => IsThere && Serves(address.Kind) ? this : null;

        public ILeg Place(CallOffer offer, ILegOwner owner) => throw new NotSupportedException();
    }
}
