using System.Text;
using TwilioEmu.Products.Verify.Factors;

namespace TwilioEmu.Products.Tests.Verify;

/// <summary>Time-based codes, against the vectors of RFC 6238 appendix B and RFC 4648 section 10.</summary>
public sealed class TotpTests
{
    private const string Twenty = "12345678901234567890";

    [Theory]
    [InlineData(59, "sha1", "94287082")]
    [InlineData(59, "sha256", "46119246")]
    [InlineData(59, "sha512", "90693936")]
    [InlineData(1111111109, "sha1", "07081804")]
    [InlineData(1111111109, "sha256", "68084774")]
    [InlineData(1111111109, "sha512", "25091201")]
    [InlineData(1234567890, "sha1", "89005924")]
    [InlineData(2000000000, "sha256", "90698825")]
    [InlineData(20000000000, "sha1", "65353130")]
    [InlineData(20000000000, "sha512", "47863826")]
    public void The_vectors_of_the_RFC_come_out(long seconds, string algorithm, string code)
    {
        var length = algorithm switch { "sha1" => 20, "sha256" => 32, _ => 64 };
        var secret = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Twenty, 4))[..length]);
        new Totp(algorithm, TimeSpan.FromSeconds(30), 8, 1).CodeAt(secret, DateTimeOffset.FromUnixTimeSeconds(seconds)).Should().Be(code);
    }

    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_goes_both_ways(string text, string encoded)
    {
        Totp.Encode(Encoding.ASCII.GetBytes(text)).Should().Be(encoded);
        Totp.Decode(encoded.ToLowerInvariant() + "==").Should().Equal(Encoding.ASCII.GetBytes(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("MZXW6!")]
    public void What_is_no_Base32_has_no_bytes(string text) => Totp.Decode(text).Should().BeNull();

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Skew_takes_the_neighbours(int seconds, bool isTaken)
    {
        var totp = new Totp("sha1", TimeSpan.FromSeconds(30), 6, 1);
        var secret = Encoding.ASCII.GetBytes(Twenty);
        var at = DateTimeOffset.FromUnixTimeSeconds(1_767_600_000);
        (totp.Match(secret, totp.CodeAt(secret, at), at.AddSeconds(seconds), -1) is not null).Should().Be(isTaken);
    }

    [Fact]
    public void A_code_is_taken_once()
    {
        var totp = new Totp("sha1", TimeSpan.FromSeconds(30), 6, 1);
        var secret = Encoding.ASCII.GetBytes(Twenty);
        var at = DateTimeOffset.FromUnixTimeSeconds(1_767_600_000);
        var used = totp.Match(secret, totp.CodeAt(secret, at), at, -1);
        totp.Match(secret, totp.CodeAt(secret, at), at, used!.Value).Should().BeNull();
    }
}
