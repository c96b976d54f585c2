namespace TwilioEmu.Client.Tests.Wire;

/// <summary>An address in a hurry: told at once, with the one that was meant, and not at the first call.</summary>
public sealed class EmulatorAddressTests
{
    [Theory]
    [InlineData("localhost:4010", "localhost:4010 is no address of an emulator (did you mean http://localhost:4010?)")]
    [InlineData("/localhost:4010", "/localhost:4010 is no address of an emulator (did you mean http://localhost:4010?)")]
    [InlineData(
        "http://localhost:4010/_emu/v1/",
        "http://localhost:4010/_emu/v1/ is a page of the emulator, and its address is wanted (did you mean http://localhost:4010?)")]
    public void What_is_no_address_says_which_was_meant(string said, string told)
    {
        var address = new Uri(said, UriKind.RelativeOrAbsolute);
        var client = () => new EmulatorClient(address);
        var handler = () => new TwilioRedirectHandler(address);
        client.Should().Throw<ArgumentException>().WithMessage(told + "*").WithParameterName("baseUrl");
        handler.Should().Throw<ArgumentException>().WithMessage(told + "*").WithParameterName("baseUrl");
    }

    [Theory]
    [InlineData("http://localhost:4010", "http://localhost:4010/")]
    [InlineData("https://tests.example/twilio/", "https://tests.example/twilio")]
    public void An_address_may_stand_below_another(string said, string read)
    {
        using var client = new EmulatorClient(new Uri(said));
        client.BaseUrl.Should().Be(new Uri(read));
    }
}
