using System.Text;
using TwilioEmu.Carrier.Strangers;

namespace TwilioEmu.Carrier.Tests.Strangers;

/// <summary>What is spoken, by the first octets.</summary>
public sealed class SpokenReaderTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", Spoken.Http)]
    [InlineData("POST /2010-04-01/Accounts/AC1/Me", Spoken.Http)]
    [InlineData("GET http://api.twilio.com/ HTTP/", Spoken.Http)]
    [InlineData("CONNECT api.twilio.com:443 HTTP/", Spoken.Http)]
    [InlineData("OPTIONS * HTTP/1.1\r\n", Spoken.Http)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Spoken.Http)]
    [InlineData("OPTIONS sip:a@127.0.0.1 SIP/2.0", Spoken.Sip)]
    [InlineData("REGISTER sip:acme.sip.twilio.com", Spoken.Sip)]
    [InlineData("INVITE tel:+14155550100 SIP/2.0", Spoken.Sip)]
    [InlineData("SIP/2.0 200 OK\r\n", Spoken.Sip)]
    [InlineData("HELO mail.example.com\r\n", Spoken.Unknown)]
    [InlineData("GET", Spoken.Unknown)]
    [InlineData("\r\n\r\n", Spoken.Unknown)]
    [InlineData("", Spoken.Unknown)]
    public void Lines_are_told_apart(string first, Spoken spoken) => SpokenReader.Of(Encoding.ASCII.GetBytes(first)).Should().Be(spoken);

    [Theory]
    [InlineData("16030102000100", Spoken.Tls)]
    [InlineData("1603", Spoken.Tls)]
    [InlineData("0000002f00000009000000000000000a", Spoken.Smpp)]
    [InlineData("00000010000000150000000000000001", Spoken.Smpp)]
    [InlineData("16", Spoken.Unknown)]
    [InlineData("000000", Spoken.Unknown)]
    [InlineData("ffffffffffffffff", Spoken.Unknown)]
    public void Octets_are_told_apart(string first, Spoken spoken) => SpokenReader.Of(Convert.FromHexString(first)).Should().Be(spoken);

    [Theory]
    [InlineData("", false)]
    [InlineData("16", false)]
    [InlineData("1603", true)]
    [InlineData("47455420", false)]
    [InlineData("434F4E4E454354", false)]
    [InlineData("434F4E4E45435420", true)]
    public void More_is_waited_for_until_it_would_tell_nothing_new(string first, bool isEnough) =>
        SpokenReader.IsEnough(Convert.FromHexString(first)).Should().Be(isEnough);
}
