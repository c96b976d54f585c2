using TwilioEmu.Carrier.Codes;

namespace TwilioEmu.Carrier.Tests.Codes;

/// <summary>One-time codes in texts, as services word them.</summary>
public sealed class CodeInTextTests
{
    [Theory]
    [InlineData("Your Acme verification code is: 123456", "123456", "Acme")]
    [InlineData("Your Acme verification code is 1234", "1234", "Acme")]
    [InlineData("123456 is your Acme verification code.", "123456", null)]
    [InlineData("123456 is your verification code.", "123456", null)]
    [InlineData("G-482915 is your Google verification code.", "482915", null)]
    [InlineData("<#> Your AppName verification code is: 1234 He42w354ol9", "1234", "AppName")]
    [InlineData(
        "Your AppName verification code is: 1234. Don’t share this code with anyone; our employees will never ask for the code",
        "1234", "AppName")]
    [InlineData("Acme: 482-915 is your login code", "482915", "Acme")]
    [InlineData("Your login code: 482 915", "482915", null)]
    [InlineData("Use 7391 as your PIN.", "7391", null)]
    [InlineData("[Acme] Code: 90210", "90210", "Acme")]
    [InlineData("Use code A1B2C3 to sign in", "A1B2C3", null)]
    [InlineData("Your code is K7M2P9.", "K7M2P9", null)]
    [InlineData("Your OTP for login is 5521. It is valid for 10 minutes.", "5521", null)]
    [InlineData("Enter 904411 to verify your number. Reply HELP to 22395.", "904411", null)]
    [InlineData("Your one-time password is 00417", "00417", null)]
    [InlineData("Su codigo de verificación para AppName es: 123456", "123456", null)]
    [InlineData("Ihr Acme-Verifizierungscode lautet: 552211", "552211", null)]
    [InlineData("Votre code de vérification Acme est : 884422", "884422", null)]
    [InlineData("Il codice di verifica per Acme è: 123456", "123456", null)]
    [InlineData("あなたのAcme 認証コード： 123456. このコードは、10 分間有効です。", "123456", null)]
    [InlineData("您的 Acme 验证码为：654321", "654321", null)]
    [InlineData("Ваш код подтверждения Acme: 777888", "777888", null)]
    [InlineData("Your Acme verification code is: 1, 2, 3, 4, 5, 6.", "123456", "Acme")]
    [InlineData("Your code is 4 8 1 5 1 6", "481516", null)]
    [InlineData("123456 is your Example code.\n@example.com #123456", "123456", "Example")]
    [InlineData("Open the app\n@example.com #123456", "123456", "example.com")]
    [InlineData("Your Acme verification code is 445566 to authorize $35.50 to Bob", "445566", "Acme")]
    [InlineData("Order 99120 is on its way. Your pickup code is 3318.", "3318", null)]
    [InlineData("Your code 7712 expires at 10:45. Call +14155550100 for help.", "7712", null)]
    [InlineData("Card ending in 4242: your verification code is 918273", "918273", null)]
    public void A_code_is_found_and_whose_it_is(string text, string code, string? service)
    {
        var found = CodeInText.Find(text);
        found.Should().NotBeNull();
        found!.Code.Should().Be(code);
        if (service is not null) found.Service.Should().Be(service);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Hello")]
    [InlineData("See you at 1830")]
    [InlineData("Your order 482915 has shipped")]
    [InlineData("Your table is booked for 2026-01-05 at 19:30")]
    [InlineData("You owe $1250 on card ending in 4242")]
    [InlineData("Your password was changed. If it was not you, call +14155550100.")]
    [InlineData("Use promo code SAVE at the till")]
    [InlineData("Your verification code is on its way and is valid for 1000 minutes")]
    [InlineData("Verify your address: https://acme.test/v/482915")]
    [InlineData("The code has 12345678901234 lines")]
    [InlineData("A token of 3.1415 and 27182,81")]
    public void A_text_without_a_code_has_none(string text) => CodeInText.Find(text).Should().BeNull();

    [Fact]
    public void Any_text_of_any_length_is_read_to_an_end()
    {
        foreach (var piece in (string[])["code ", "1 ", "code 1", "Your code", "1, ", "A1", "code: ", "@a.b #", "is ", "[code"])
        {
            var text = string.Concat(Enumerable.Repeat(piece, 4_000));
            FluentActions.Invoking(() => CodeInText.Find(text)).Should().NotThrow();
        }
    }
}
