using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Carrier.Tests.Switching;

public sealed class PartyAddressTests
{
    [Theory]
    [InlineData("+14155550100", AddressKind.E164, "+14155550100")]
    [InlineData("12345", AddressKind.ShortCode, "12345")]
    [InlineData("sip:alice@example.com;transport=tcp", AddressKind.Sip, "sip:alice@example.com;transport=tcp")]
    [InlineData("SIPS:alice@example.com", AddressKind.Sip, "SIPS:alice@example.com")]
    [InlineData("client:alice", AddressKind.Client, "alice")]
    [InlineData("sim:HS1", AddressKind.Sim, "HS1")]
    [InlineData("app:AP1", AddressKind.App, "AP1")]
    [InlineData("anonymous", AddressKind.Other, "anonymous")]
    [InlineData("+1 415", AddressKind.Other, "+1 415")]
    [InlineData("", AddressKind.Other, "")]
    public void An_address_is_read_and_spelt_alike(string text, AddressKind kind, string value)
    {
        var address = PartyAddress.Read(text);
        (address.Kind, address.Value, address.ToString()).Should().Be((kind, value, text));
    }
}
