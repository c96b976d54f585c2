using Microsoft.AspNetCore.Mvc.Testing;
using TwilioEmu;
using Xunit;

public sealed class ShopTests : IAsyncLifetime
{
    private TwilioEmuHost _twilio = null!;
    private WebApplicationFactory<Program> _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _twilio = await TwilioEmuHost.StartAsync(new() { Port = null, Config = new EmulatorConfig().Number("+14155550100", smsUrl: "http://shop.test/sms") });
        _shop = _twilio.Attach(new WebApplicationFactory<Program>(), "http://shop.test");
    }

    public async ValueTask DisposeAsync()
    {
        await _twilio.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_shop_texts_and_is_texted()
    {
        var phone = _twilio.Handset("+14155550199");
        await phone.TextAsync("+14155550100", "hello");
        await phone.ShouldReceiveAsync("hello yourself");
        using var staff = _shop.CreateClient();
        (await staff.PostAsync("/orders/+14155550199", null)).EnsureSuccessStatusCode();
        await phone.ShouldReceiveAsync("On its way");
        await _twilio.ShouldBeToldAsync("/status", "delivered");
        await _twilio.SettleAsync();
    }
}
