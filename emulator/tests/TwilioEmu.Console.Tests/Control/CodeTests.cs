using TwilioEmu.Carrier.Mail;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Console.Tests.Control;

/// <summary>Codes of phones and mailboxes, and challenges answered by hand.</summary>
public sealed class CodeTests
{
    [Fact]
    public async Task A_phone_shows_its_codes_as_a_field()
    {
        await using var host = await ControlHost.StartAsync();
        await host.InsideAsync(() => host.Inside.Handsets.Text("+14155550111", ControlHost.Phone, "Acme: 482-915 is your login code", []));
        var codes = (await host.AskAsync("GET", $"handsets/{ControlHost.Phone}")).Json.GetProperty("codes");
        codes.GetArrayLength().Should().Be(1);
        codes[0].EnumerateObject().Select(m => m.Name).Should().Equal("code", "service", "at", "channel", "from", "about");
        (codes[0].GetProperty("code").GetString(), codes[0].GetProperty("service").GetString(), codes[0].GetProperty("from").GetString())
            .Should().Be(("482915", "Acme", "+14155550111"));
    }

    [Fact]
    public async Task A_mailbox_shows_its_mail_and_its_codes_whatever_the_case_of_its_name()
    {
        await using var host = await ControlHost.StartAsync();
        await host.InsideAsync(() => host.Inside.Handsets.Mail.Receive(
            new Email(
                "EM1", new AccountSid("AC1"), "ann@acme.test", "no-reply@acme.test", "Acme", "Log in", "Your code is 4711", null,
                new Dictionary<string, string>())
            { At = host.Inside.World.Clock.GetUtcNow() },
            0));
        var box = (await host.AskAsync("GET", "emails/Ann@Acme.test")).Json;
        box.GetProperty("codes")[0].GetProperty("code").GetString().Should().Be("4711");
        box.GetProperty("received")[0].GetProperty("subject").GetString().Should().Be("Log in");
        (await host.AskAsync("GET", "emails/bob@acme.test")).Json.GetProperty("received").GetArrayLength().Should().Be(0);
        (await host.AskAsync("GET", "emails/nobody")).Status.Should().Be(400);
    }

    [Theory]
    [InlineData("YC1", "approved", 200)]
    [InlineData("YC2", "approved", 404)]
    [InlineData("YC1", "perhaps", 400)]
    public async Task A_challenge_is_answered_by_one_of_two_words(string sid, string word, int status)
    {
        await using var host = await ControlHost.StartAsync();
        (await host.AskAsync("POST", $"challenges/{sid}/answer", $$"""{"status":"{{word}}"}""")).Status.Should().Be(status);
    }
}
