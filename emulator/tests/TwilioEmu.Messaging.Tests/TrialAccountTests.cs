using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests;

/// <summary>What a trial account may not (twilio.com/docs/usage/tutorials/how-to-use-your-free-trial-account).</summary>
public sealed class TrialAccountTests : IAsyncDisposable
{
    private const string Phone = MessagingHouse.Phone;
    private const string Trial = "AC00000000000000000000000000000003";

    private readonly MessagingHouse _house = new("http://app/sms");

    public TrialAccountTests() => _house.Do(() =>
    {
        _house.Rest.Accounts.Create(new AccountSpec { Sid = new(Trial), AuthToken = "t", FriendlyName = "Trial", IsTrial = true });
        _house.Rest.Numbers.Add(new(Trial), new PhoneNumberSpec { Number = "+14155550103" });
    });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_trial_account_sends_fifty_messages_a_day_and_any_other_as_many_as_it_was_told()
    {
        const string Small = "AC00000000000000000000000000000004";
        _house.Do(() =>
        {
            _house.Rest.Numbers.CallerIds.Add(new(Trial), Phone);
            _house.Rest.Accounts.Create(new AccountSpec { Sid = new(Small), AuthToken = "s", FriendlyName = "Small", MessagesPerDay = 2 });
            _house.Rest.Numbers.Add(new(Small), new PhoneNumberSpec { Number = "+14155550104" });
        });
        Task<RestAnswer> SendAsync(string account, string token, string from) => _house.Rest.SendAsync(
            "POST", $"/2010-04-01/Accounts/{account}/Messages.json",
            $"To={Uri.EscapeDataString(Phone)}&From={Uri.EscapeDataString(from)}&Body=hi", "application/x-www-form-urlencoded", account,
            token);
        foreach (var (account, token, from, limit) in new[] { (Trial, "t", "+14155550103", 50), (Small, "s", "+14155550104", 2) })
        {
            for (var i = 0; i < limit; i++) (await SendAsync(account, token, from)).Status.Should().Be(201);
            var refused = await SendAsync(account, token, from);
            (refused.Status, refused.Code, refused["message"])
                .Should().Be((429, 63038, $"Account exceeded the {limit} daily messages limit"));
        }
        await _house.AdvanceAsync(86_400);
        (await SendAsync(Small, "s", "+14155550104")).Status.Should().Be(201, "that was yesterday");
        for (var i = 0; i < 60; i++) (await _house.PostAsync($"{i}")).Status.Should().Be(201);
    }

    [Fact]
    public async Task The_day_of_the_limit_is_the_last_24_hours_and_not_one_of_the_calendar()
    {
        const string Small = "AC00000000000000000000000000000004";
        _house.Do(() =>
        {
            _house.Rest.Accounts.Create(new AccountSpec { Sid = new(Small), AuthToken = "s", FriendlyName = "Small", MessagesPerDay = 2 });
            _house.Rest.Numbers.Add(new(Small), new PhoneNumberSpec { Number = "+14155550104" });
        });
        Task<RestAnswer> SendAsync() => _house.Rest.SendAsync(
            "POST", $"/2010-04-01/Accounts/{Small}/Messages.json", $"To={Uri.EscapeDataString(Phone)}&From=%2B14155550104&Body=hi",
            "application/x-www-form-urlencoded", Small, "s");
        // The story starts at nine: at eleven at night, at one in the morning, and then the first leaves the window.
        await _house.AdvanceAsync(14 * 3600);
        (await SendAsync()).Status.Should().Be(201);
        await _house.AdvanceAsync(2 * 3600);
        (await SendAsync()).Status.Should().Be(201, "midnight changes nothing: it is the second");
        (await SendAsync()).Code.Should().Be(63038, "midnight changes nothing");
        await _house.AdvanceAsync((22 * 3600) - 10);
        (await SendAsync()).Code.Should().Be(63038);
        await _house.AdvanceAsync(11);
        (await SendAsync()).Status.Should().Be(201);
        (await SendAsync()).Code.Should().Be(63038);
    }

    [Fact]
    public async Task A_trial_accounts_answer_to_an_unverified_phone_is_14111()
    {
        _house.App.RefusesBadSignatures = false;
        _house.App.On("/sms", FakeApp.Twiml("<Response><Message>hi</Message></Response>"));
        const string Own = "+14155550106";
        _house.Do(() =>
            _house.Rest.Numbers.Add(
                new(Trial),
                new PhoneNumberSpec { Number = Own, Parameters = new Dictionary<string, string> { ["SmsUrl"] = "http://app/sms" } }));
        _house.Do(() => _house.Rest.Handsets.Text(Phone, Own, "hello", []));
        await _house.AdvanceAsync(5);
        (await _house.AlertsAsync()).Should().Equal(14111);
        _house.Received().Should().BeEmpty();
    }

    [Fact]
    public async Task A_trial_accounts_texts_say_so()
    {
        _house.Do(() => _house.Rest.Numbers.CallerIds.Add(new(Trial), Phone));
        var sent = await _house.Rest.SendAsync(
            "POST", $"/2010-04-01/Accounts/{Trial}/Messages.json", $"To={Uri.EscapeDataString(Phone)}&From=%2B14155550103&Body=hi",
            "application/x-www-form-urlencoded", Trial, "t");
        sent["body"].Should().Be("Sent from your Twilio trial account - hi");
    }
}
