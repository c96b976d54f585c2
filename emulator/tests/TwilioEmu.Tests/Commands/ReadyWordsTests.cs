using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Commands;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Commands;

public sealed class ReadyWordsTests
{
    private const string Sid = "AC00000000000000000000000000000001";

    [Fact]
    public void A_person_finds_addresses_account_token_number_and_the_first_thing_to_try() =>
        ReadyWords.Lines(With("00000000000000000000000000000001"), "http://127.0.0.1:4010/_emu/ui/", "http://127.0.0.1:4010", null,
            "twilioemu.yaml", null).Should().ContainInOrder(
                "  open            http://127.0.0.1:4010/_emu/ui/", "  what happened   http://127.0.0.1:4010/_emu/ui/latest",
                "  REST and proxy  http://127.0.0.1:4010", "  TLS             off", $"  account         {Sid}",
                "  auth token      00000000000000000000000000000001",
                "  config file     twilioemu.yaml", "  number          +14155550100 and 1 more",
                "  text it         curl http://127.0.0.1:4010/_emu/v1/handsets/+14155550199/messages -H content-type:application/json -d "
                    + "'{\"to\":\"+14155550100\",\"body\":\"hello\"}'");

    [Fact]
    public void A_token_out_of_the_environment_may_be_a_real_one_and_is_not_shown() =>
        ReadyWords.Lines(
            With("5ecre75ecre75ecre75ecre75ecre7aa"), null, "http://127.0.0.1:4010", null, null, "5ecre75ecre75ecre75ecre75ecre7aa")
            .Should().Contain("  auth token      as in TWILIO_AUTH_TOKEN").And.NotContainMatch("*5ecre7*");

    private static WorldConfig With(string token) => new()
    {
        Accounts = [new AccountSpec { Sid = new(Sid), AuthToken = token, FriendlyName = "One" }],
        Numbers = [new PhoneNumberSpec { Number = "+14155550100" }, new PhoneNumberSpec { Number = "+14155550101" }],
    };
}
