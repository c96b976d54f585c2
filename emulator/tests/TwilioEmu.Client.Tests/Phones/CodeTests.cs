namespace TwilioEmu.Client.Tests.Phones;

public sealed class CodeTests(EmulatorHouse house) : IClassFixture<EmulatorHouse>
{
    [Fact]
    public async Task A_code_the_app_texts_is_read_once()
    {
        var phone = house.Client.Handset("+14155550167");
        await house.PostMessageAsync(phone.Number, "Your Acme login code is 4711");
        (await phone.CodeAsync("Acme", cancellation: TestContext.Current.CancellationToken)).Should().Be("4711");
        await FluentActions.Awaiting(() => phone.CodeAsync(cancellation: TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ExpectationFailedException>();
        var code = (await phone.StateAsync(TestContext.Current.CancellationToken)).Codes.Should().ContainSingle().Which;
        (code.Code, code.Service, code.Channel, code.From).Should().Be(("4711", "Acme", "sms", EmulatorHouse.Number));
    }
}
