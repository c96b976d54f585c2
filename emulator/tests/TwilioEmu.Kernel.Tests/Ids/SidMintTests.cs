using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Ids;

public sealed class SidMintTests
{
    [Fact]
    public async Task A_SID_is_two_letters_and_32_hex_digits_and_none_comes_twice()
    {
        await using var world = WorldOf.Auto();
        var sids = await world.On(() => Enumerable.Range(0, 100_000).Select(_ => world.Sids.New("SM")).ToArray());
        sids.Should().OnlyHaveUniqueItems();
        sids.Take(1000).Should().OnlyContain(sid => sid.Length == 34 && SidMint.IsSid(sid, "SM"));
    }

    [Fact]
    public async Task The_seed_decides_them()
    {
        await using var one = WorldOf.Auto(seed: 1);
        await using var same = WorldOf.Auto(seed: 1);
        await using var other = WorldOf.Auto(seed: 2);
        var (a, b, c) = (await First(one), await First(same), await First(other));
        a.Should().Equal(b);
        a.Should().NotIntersectWith(c);

        static Task<string[]> First(World world) => world.On(() => Enumerable.Range(0, 10).Select(_ => world.Sids.New("CA")).ToArray());
    }

    [Fact]
    public async Task A_secret_is_32_hex_digits()
    {
        await using var world = WorldOf.Auto();
        (await world.On(world.Sids.NewSecret)).Should().MatchRegex("^[0-9a-f]{32}$");
    }

    [Theory]
    [InlineData("SM0123456789abcdef0123456789abcdef", true)]
    [InlineData("SM0123456789ABCDEF0123456789abcdef", true)]
    [InlineData("MM0123456789abcdef0123456789abcdef", false)]
    [InlineData("sm0123456789abcdef0123456789abcdef", false)]
    [InlineData("SM0123456789abcdef0123456789abcde", false)]
    [InlineData("SM0123456789abcdef0123456789abcdef0", false)]
    [InlineData("SM0123456789abcdeg0123456789abcdef", false)]
    [InlineData("", false)]
    public void Only_a_SID_of_the_kind_is_one(string text, bool isSid) => SidMint.IsSid(text, "SM").Should().Be(isSid);
}
