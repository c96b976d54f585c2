using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Rtp;
using TwilioEmu.Media.Score;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Conferences;

/// <summary>Source: twilio.com/docs/voice/twiml/conference#attributes-jitter-buffer-size.</summary>
public sealed class JitterBufferTests
{
    [Theory]
    [InlineData("", 60, 1000)]
    [InlineData("jitterBufferSize='medium'", 40, 360)]
    [InlineData("jitterBufferSize='small'", 20, 200)]
    [InlineData("jitterBufferSize='off'", 0, 0)]
    public async Task A_line_is_told_how_long_its_sound_may_wait_while_it_is_in_the_conference(string attribute, int least, int most)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", $"<Dial timeLimit='5'><Conference waitUrl='' {attribute}>room</Conference></Dial><Pause length='5'/>");
        var leg = new KnockingLeg();
        await house.Do(() =>
        {
            var offer = new CallOffer(AccountSid.None, "", leg.Address, PartyAddress.Read(Number), 0);
            house.Phones.Exchange.CallsTo(Number)!.Receive(leg, offer, out var owner);
            leg.Answered = () => house.World.Loop.Post(() => owner.Told(leg, new LegNews.Answered(LegFacts.Simulated)));
        });
        await house.AdvanceAsync(20);
        leg.Bounds.Should().Equal(new JitterBounds(TimeSpan.FromMilliseconds(least), TimeSpan.FromMilliseconds(most)), null);
    }

    /// <summary>A caller that keeps what it is told.</summary>
    private sealed class KnockingLeg : ILeg
    {
        public List<JitterBounds?> Bounds { get; } = [];

        public Action Answered { get; set; } = () => { };

        public PartyAddress Address { get; } = PartyAddress.Read(Phone);

        public LegState State { get; private set; } = LegState.Ringing;

        public Track FromParty { get; } = new(new TrackId("says"));

        public Track ToParty { get; } = new(new TrackId("hears"));

        public void Do(LegCommand command)
        {
            switch (command)
            {
                case LegCommand.Answer: Answered(); break;
                case LegCommand.End: State = LegState.Ended; break;
                case LegCommand.Buffer(var bounds): Bounds.Add(bounds); break;
            }
        }
    }
}
