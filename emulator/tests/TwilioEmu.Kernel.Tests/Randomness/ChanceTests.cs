using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Randomness;

public sealed class ChanceTests
{
    [Fact]
    public void A_stream_is_decided_by_seed_and_name()
    {
        Bits(new Chance(1, "carrier")).Should().Equal(Bits(new Chance(1, "carrier")));
        Bits(new Chance(1, "carrier")).Should().NotIntersectWith(Bits(new Chance(2, "carrier")));
        Bits(new Chance(1, "carrier")).Should().NotIntersectWith(Bits(new Chance(1, "voice")));
    }

    [Fact]
    public async Task Streams_do_not_disturb_each_other()
    {
        await using var quiet = WorldOf.Auto();
        await using var busy = WorldOf.Auto();
        Bits(busy.Chances("carrier"));
        (await busy.On(() => busy.Sids.New("SM"))).Should().Be(await quiet.On(() => quiet.Sids.New("SM")));
    }

    [Fact]
    public void Numbers_stay_below_their_bound_and_reach_all_below_it()
    {
        var chance = new Chance(1, "dice");
        var seen = new int[6];
        for (var i = 0; i < 60_000; i++) seen[chance.Next(6)]++;
        seen.Should().OnlyContain(count => count > 9_500 && count < 10_500);
        chance.Next(1).Should().Be(0);
        FluentActions.Invoking(() => chance.Next(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static ulong[] Bits(Chance chance) => [.. Enumerable.Range(0, 100).Select(_ => chance.NextBits())];
}
