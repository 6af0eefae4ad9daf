using System.Text;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class SmtpCarrierTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "PLAIN")]
    [InlineData(true, "LOGIN")]
    [InlineData(false, "PLAIN LOGIN")]
    [InlineData(false, "XOAUTH2 LOGIN")]
    public async Task Mail_travels_under_tls_after_signing_in(bool isTls, string auth)
    {
        await using var server = new SmtpServer(new SmtpManners { IsTls = isTls, Auth = auth });
        await Carrier(server, isTls).SendAsync(new MailMessage("ada@example.org", "Hello", "One\nTwo\n.\n..dots\n") { Language = "en" }, Cancel);
        var mail = server.Mails.ShouldHaveSingleItem();
        (mail.From, mail.To, mail.IsSecure, mail.User).ShouldBe(("rialto@example.org", "ada@example.org", true, SmtpServer.User));
        mail.Text.ShouldBe("One\r\nTwo\r\n.\r\n..dots\r\n");
        (mail.Headers["Subject"], mail.Headers["To"], mail.Headers["Content-Language"], mail.Headers["Auto-Submitted"]).ShouldBe(("Hello", "<ada@example.org>", "en", "auto-generated"));
        server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_letter_of_every_language_arrives_and_no_line_is_too_long()
    {
        await using var server = new SmtpServer();
        var text = string.Concat(Enumerable.Repeat("مرحبا 你好 😀 ", 400));
        await Carrier(server).SendAsync(new MailMessage("ada@example.org", "Grüße an alle, die eine sehr lange Überschrift lesen: مرحبا 😀", text), Cancel);
        var mail = server.Mails.ShouldHaveSingleItem();
        mail.Text.ShouldBe(text);
        string.Concat(mail.Headers["Subject"].Split(' ').Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2])))).ShouldBe("Grüße an alle, die eine sehr lange Überschrift lesen: مرحبا 😀");
        server.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_subject_cannot_begin_another_header()
    {
        await using var server = new SmtpServer();
        await Carrier(server).SendAsync(new MailMessage("ada@example.org", "Hi\r\nBcc: all@example.org\r\n\r\nBuy", "x"), Cancel);
        var mail = server.Mails.ShouldHaveSingleItem();
        mail.Headers.ContainsKey("Bcc").ShouldBeFalse();
        mail.Text.ShouldBe("x");
    }

    [Theory]
    [InlineData("ada@example.org>\r\nRCPT TO:<eve@example.org")]
    [InlineData("ada@example.org> NOTIFY=NEVER")]
    [InlineData("ada@example.org\n")]
    public async Task An_address_cannot_begin_another_command(string to)
    {
        await using var server = new SmtpServer();
        (await Should.ThrowAsync<Refusal>(() => Carrier(server).SendAsync(new MailMessage(to, "s", "t"), Cancel))).Code.ShouldBe("mail.refused");
        server.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, "قلم@example.org", null)]
    [InlineData(false, "قلم@example.org", "mail.refused")]
    public async Task An_address_beyond_ascii_goes_where_it_is_taken(bool isUtf8, string to, string? code)
    {
        await using var server = new SmtpServer(new SmtpManners { IsUtf8 = isUtf8 });
        if (code is null) await Carrier(server).SendAsync(new MailMessage(to, "s", "t"), Cancel);
        else (await Should.ThrowAsync<Refusal>(() => Carrier(server).SendAsync(new MailMessage(to, "s", "t"), Cancel))).Code.ShouldBe(code);
        server.Mails.Select(mail => mail.To).ShouldBe(code is null ? [to] : []);
    }

    [Theory]
    [InlineData("AUTH", "535 wrong", "mail.refused")]
    [InlineData("AUTH", "454 later", "mail.not_now")]
    [InlineData("RCPT", "550 nobody here", "mail.refused")]
    [InlineData("RCPT", "450 greylisted", "mail.not_now")]
    [InlineData("DATA", "", "mail.not_now")]
    [InlineData("MAIL", "nonsense", "mail.not_now")]
    [InlineData("EHLO", "500 what", "mail.refused")]
    public async Task A_no_for_good_and_a_no_for_now_are_told_apart(string verb, string answer, string code)
    {
        await using var server = new SmtpServer(new SmtpManners { Instead = new Dictionary<string, string> { [verb] = answer } });
        var refusal = await Should.ThrowAsync<Refusal>(() => Carrier(server).SendAsync(new MailMessage("ada@example.org", "s", "t"), Cancel));
        refusal.Code.ShouldBe(code, refusal.Message);
        refusal.Message.ShouldNotContain(SmtpServer.Password);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_mail_and_no_password()
    {
        await using var server = new SmtpServer();
        var carrier = new SmtpCarrier(new MailServer("127.0.0.1", server.Port, false), Settings(), TimeProvider.System);
        (await Should.ThrowAsync<Refusal>(() => carrier.SendAsync(new MailMessage("ada@example.org", "s", "t"), Cancel))).Code.ShouldBe("mail.not_now");
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_put_before_tls_are_not_believed()
    {
        await using var server = new SmtpServer(new SmtpManners { AfterStartTls = "\r\n250 injected" });
        (await Should.ThrowAsync<Refusal>(() => Carrier(server).SendAsync(new MailMessage("ada@example.org", "s", "t"), Cancel))).Message.ShouldContain("out of turn");
    }

    [Fact]
    public async Task A_server_without_tls_is_spoken_to_on_this_machine_only()
    {
        await using var server = new SmtpServer(new SmtpManners { OffersStartTls = false, Auth = "" });
        var settings = SettingLayers.Read(MailSettings.All, null, _ => null);
        await new SmtpCarrier(new MailServer("127.0.0.1", server.Port, false), settings, TimeProvider.System).SendAsync(new MailMessage("ada@example.org", "s", "t"), Cancel);
        server.Mails.ShouldHaveSingleItem().IsSecure.ShouldBeFalse();
    }

    [Theory]
    [InlineData("smtps://mail.example.org", "mail.example.org", 465, true)]
    [InlineData("smtps://mail.example.org:4650", "mail.example.org", 4650, true)]
    [InlineData("smtp://mail.example.org", "mail.example.org", 587, false)]
    [InlineData("smtp://mail.example.org:25", "mail.example.org", 25, false)]
    [InlineData("smtp://127.0.0.1:2525", "127.0.0.1", 2525, false)]
    public void A_server_is_named_by_its_address(string text, string host, int port, bool isTls) => MailServer.TryParse(text).ShouldBe(new MailServer(host, port, isTls));

    [Theory]
    [InlineData("mail.example.org")]
    [InlineData("http://mail.example.org")]
    [InlineData("smtp://user:secret@mail.example.org")]
    [InlineData("smtp://")]
    [InlineData("smtp://host/path")]
    public void What_is_no_server_is_refused_at_the_start(string text) => Should.Throw<Refusal>(() => SettingLayers.Read(MailSettings.All, null, name => name == "RIALTO_MAIL__SERVER" ? text : null)).Code.ShouldBe("settings.invalid");

    [Fact]
    public async Task Without_a_server_mail_lies_in_a_closed_folder()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("rialto-mail-").FullName, "mail");
        var carrier = new FileCarrier(folder, Settings(), TimeProvider.System);
        for (var number = 0; number < 3; number++) await carrier.SendAsync(new MailMessage("ada@example.org", $"Number {number}", "Text"), Cancel);
        var files = Directory.GetFiles(folder);
        files.Length.ShouldBe(3);
        files.ShouldAllBe(file => file.EndsWith(".eml"));
        (await File.ReadAllTextAsync(files.Order().First(), Cancel)).ShouldContain("Subject: Number 0\r\n");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(files[0]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private static SettingLayers Settings() => SettingLayers.Read(MailSettings.All, null, name => name switch
    {
        "RIALTO_MAIL__USER" => SmtpServer.User, "RIALTO_MAIL__PASSWORD" => SmtpServer.Password, "RIALTO_MAIL__FROM" => "rialto@example.org", _ => null,
    });

    private static SmtpCarrier Carrier(SmtpServer server, bool isTls = false) =>
        new(new MailServer("127.0.0.1", server.Port, isTls), Settings(), TimeProvider.System, (_, shown, _, _) => server.IsItsOwn(shown));
}
